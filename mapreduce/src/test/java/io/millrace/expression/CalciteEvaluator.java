package io.millrace.expression;

import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Calcite's own way from text to values. */
final class CalciteEvaluator {
  /** Compiled expressions; rows hold values as Calcite has them. */
  interface Evaluator {
    Object[] evaluate(Object[] row);
  }

  private final JavaTypeFactory types =
      new JavaTypeFactoryImpl() {
        @Override
        public Charset getDefaultCharset() {
          return StandardCharsets.UTF_8;
        }
      };
  private final RexBuilder builder = new RexBuilder(types);
  private final Map<String, RelDataType> columnTypes = new LinkedHashMap<>();
  private final Map<String, RexNode> columns = new LinkedHashMap<>();
  private final RelDataType rowType;
  private final SqlValidator validator;
  private final SqlToRelConverter converter;

  CalciteEvaluator(RowType scope) {
    RelDataTypeFactory.Builder row = types.builder();
    for (Column column : scope.columns()) {
      RelDataType type = type(column);
      columns.put(column.name(), new RexInputRef(columns.size(), type));
      columnTypes.put(column.name(), type);
      row.add(column.name(), type);
    }
    rowType = row.build();
    Properties properties = new Properties();
    properties.setProperty("caseSensitive", "true");
    CalciteCatalogReader catalog =
        new CalciteCatalogReader(
            CalciteSchema.createRootSchema(false),
            List.of(""),
            types,
            new CalciteConnectionConfigImpl(properties));
    validator =
        SqlValidatorUtil.newValidator(
            SqlStdOperatorTable.instance(),
            catalog,
            types,
            SqlValidator.Config.DEFAULT.withConformance(SqlConformanceEnum.LENIENT));
    converter =
        new SqlToRelConverter(
            null,
            validator,
            catalog,
            RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), builder),
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config().withInSubQueryThreshold(Integer.MAX_VALUE));
  }

  private RelDataType type(Column column) {
    RelDataType type =
        switch (column.type().kind()) {
          case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
          case INT -> types.createSqlType(SqlTypeName.INTEGER);
          case LONG -> types.createSqlType(SqlTypeName.BIGINT);
          case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
          case DATE -> types.createSqlType(SqlTypeName.DATE);
          case TIMESTAMP_MILLIS -> types.createSqlType(SqlTypeName.TIMESTAMP, 3);
          case STRING ->
              types.createTypeWithCharsetAndCollation(
                  types.createSqlType(SqlTypeName.VARCHAR),
                  StandardCharsets.UTF_8,
                  SqlCollation.IMPLICIT);
          case FLOAT, DECIMAL, TIMESTAMP_MICROS ->
              throw new IllegalArgumentException(column.name());
        };
    return types.createTypeWithNullability(type, column.type().nullable());
  }

  Evaluator compile(List<String> expressions) throws Exception {
    SqlParser.Config parser =
        SqlParser.config()
            .withUnquotedCasing(Casing.UNCHANGED)
            .withConformance(SqlConformanceEnum.LENIENT);
    List<RexNode> nodes = new ArrayList<>();
    for (String expression : expressions) {
      SqlNode parsed = SqlParser.create(expression, parser).parseExpression();
      SqlNode valid = validator.validateParameterizedExpression(parsed, columnTypes);
      nodes.add(converter.convertExpression(valid, columns));
    }
    Function1<DataContext, Object[]> function =
        RexExecutorImpl.getExecutable(builder, nodes, rowType).getFunction();
    return row -> function.apply(new RowContext(row));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record RowContext(Object[] row) implements DataContext {
    @Override
    public SchemaPlus getRootSchema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public QueryProvider getQueryProvider() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object get(String name) {
      return row;
    }
  }
}

package io.millrace.store;

import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An object store in memory: names with bytes, no folders. What it does in one call is atomic, and
 * there is no call to rename. Each client is known by a name; before each of its calls its listener
 * is told, and can throw there, as if the client had died.
 */
public final class ObjectStore {
  private static final Map<String, ObjectStore> STORES = new ConcurrentHashMap<>();

  private final NavigableMap<String, Item> items = new TreeMap<>();
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private long clock;

  private record Item(ByteBuffer content, long modified) {
    static Item of(byte[] bytes, long modified) {
      return new Item(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer(), modified);
    }

    byte[] bytes() {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return bytes;
    }

    int length() {
      return content.remaining();
    }
  }

  /** What is done. */
  public enum Verb {
    GET,
    HEAD,
    LIST,
    PUT,
    PUT_IF_ABSENT,
    COPY,
    DELETE;

    /** Whether it changes the store. */
    public boolean isChange() {
      return switch (this) {
        case GET, HEAD, LIST -> false;
        case PUT, PUT_IF_ABSENT, COPY, DELETE -> true;
      };
    }
  }

  /** A call of a client on a name. */
  public record Call(Verb verb, String key) {}

  /** Told of each call of a client before it is carried out. */
  @FunctionalInterface
  public interface Listener {
    void before(Call call);
  }

  /** The client is dead. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The store of a name, empty when first asked for. */
  public static ObjectStore named(String name) {
    return STORES.computeIfAbsent(name, key -> new ObjectStore());
  }

  /** Forgets a store. */
  public static void drop(String name) {
    STORES.remove(name);
  }

  /** Listens to a client from now on. */
  public void listen(String client, Listener listener) {
    listeners.put(client, listener);
  }

  /** Names that begin with some text. */
  public synchronized List<String> keys(String prefix) {
    return new ArrayList<>(from(prefix).keySet());
  }

  private SortedMap<String, Item> from(String prefix) {
    return items.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  private void tell(String client, Verb verb, String key) {
    Listener listener = listeners.get(client);
    if (listener != null) {
      listener.before(new Call(verb, key));
    }
  }

  /** What is known of an object without its bytes. */
  record Status(String key, long length, long modified) {}

  byte[] get(String client, String key) throws FileNotFoundException {
    tell(client, Verb.GET, key);
    synchronized (this) {
      Item item = items.get(key);
      if (item == null) {
        throw new FileNotFoundException(key + " does not exist");
      }
      return item.bytes();
    }
  }

  /** The status of an object, or null where there is none. */
  Status head(String client, String key) {
    tell(client, Verb.HEAD, key);
    synchronized (this) {
      Item item = items.get(key);
      return item == null ? null : new Status(key, item.length(), item.modified());
    }
  }

  List<Status> list(String client, String prefix) {
    tell(client, Verb.LIST, prefix);
    synchronized (this) {
      List<Status> found = new ArrayList<>();
      from(prefix)
          .forEach((key, item) -> found.add(new Status(key, item.length(), item.modified())));
      return found;
    }
  }

  void put(String client, String key, byte[] bytes) {
    tell(client, Verb.PUT, key);
    synchronized (this) {
      items.put(key, Item.of(bytes, ++clock));
    }
  }

  boolean putIfAbsent(String client, String key, byte[] bytes) {
    tell(client, Verb.PUT_IF_ABSENT, key);
    synchronized (this) {
      return items.putIfAbsent(key, Item.of(bytes, ++clock)) == null;
    }
  }

  void copy(String client, String from, String to) throws FileNotFoundException {
    tell(client, Verb.COPY, to);
    synchronized (this) {
      Item item = items.get(from);
      if (item == null) {
        throw new FileNotFoundException(from + " does not exist");
      }
      items.put(to, new Item(item.content(), ++clock));
    }
  }

  void delete(String client, String key) {
    tell(client, Verb.DELETE, key);
    synchronized (this) {
      items.remove(key);
    }
  }
}

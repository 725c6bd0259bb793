package kith.node.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Changes inputs at random: their bytes, and the nodes of their tree.
final class Mutations {
  private static final int LONGEST = 16 * 1024;
  private static final int DEEPEST = 1_200;
  private static final byte[] SPECIAL = {
    0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, '"', '\\', '{', '}', '[', ']', ',', ':'
  };
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<byte[]> dictionary;
  private final Optional<ObjectMapper> trees;

  Mutations(List<byte[]> dictionary, Optional<ObjectMapper> trees) {
    this.dictionary = dictionary;
    this.trees = trees;
  }

  Input mutate(Random random, List<Input> pool) {
    var from = one(random, pool);
    var bytes = from.bytes();
    do {
      bytes =
          random.nextBoolean()
              ? changedTree(random, bytes, pool)
              : changed(random, bytes, one(random, pool).bytes());
    } while (random.nextBoolean());
    var kind = random.nextInt(16) == 0 ? one(random, pool).kind() : from.kind();
    return new Input(kind, bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes);
  }

  private byte[] changed(Random random, byte[] bytes, byte[] other) {
    var from = random.nextInt(bytes.length + 1);
    var to = Math.min(bytes.length, from + random.nextInt(1 + random.nextInt(16)));
    var part = Arrays.copyOfRange(bytes, from, to);
    return switch (random.nextInt(9)) {
      case 0 -> withFlippedBit(random, bytes);
      case 1 -> spliced(bytes, from, to, new byte[] {SPECIAL[random.nextInt(SPECIAL.length)]});
      case 2 -> spliced(bytes, from, from, someBytes(random));
      case 3 -> spliced(bytes, from, to, new byte[0]);
      case 4 -> Arrays.copyOf(bytes, from);
      case 5 -> spliced(bytes, from, random.nextBoolean() ? from : to, one(random, dictionary));
      case 6 -> spliced(bytes, from, to, someOf(random, other));
      case 7 -> spliced(bytes, from, from, repeated(part, random.nextInt(64)));
      default -> nested(random, bytes, from);
    };
  }

  private static byte[] withFlippedBit(Random random, byte[] bytes) {
    if (bytes.length == 0) return bytes;
    var changed = bytes.clone();
    changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static byte[] someBytes(Random random) {
    var some = new byte[random.nextInt(9)];
    random.nextBytes(some);
    return some;
  }

  private static byte[] someOf(Random random, byte[] bytes) {
    var from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  private static byte[] repeated(byte[] part, int times) {
    var all = new byte[part.length * times];
    for (var at = 0; at < all.length; at++) all[at] = part[at % part.length];
    return all;
  }

  private byte[] nested(Random random, byte[] bytes, int at) {
    return spliced(bytes, at, at, repeated(one(random, dictionary), 1 + size(random, DEEPEST)));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] part) {
    var all = new byte[from + part.length + bytes.length - to];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(part, 0, all, from, part.length);
    System.arraycopy(bytes, to, all, from + part.length, bytes.length - to);
    return all;
  }

  private byte[] changedTree(Random random, byte[] bytes, List<Input> pool) {
    var other = one(random, pool).bytes();
    if (trees.isEmpty()) return changed(random, bytes, other);
    try {
      var tree = trees.get().readTree(bytes);
      var containers = new ArrayList<ContainerNode<?>>();
      collect(tree, containers);
      if (containers.isEmpty()) return changed(random, bytes, other);
      change(random, one(random, containers), other);
      return trees.get().writeValueAsBytes(tree);
    } catch (IOException _) {
      return changed(random, bytes, other);
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> into) {
    if (node instanceof ContainerNode<?> container) into.add(container);
    node.forEach(child -> collect(child, into));
  }

  private void change(Random random, ContainerNode<?> container, byte[] other) throws IOException {
    switch (container) {
      case ObjectNode object -> {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        var name = names.isEmpty() ? "" : one(random, names);
        switch (random.nextInt(4)) {
          case 0 -> object.remove(name);
          case 1 -> object.set(name, inside(random, object.get(name)));
          case 2 -> object.setAll(fields(other));
          default -> object.set(random.nextInt(8) == 0 ? text(random) : name, value(random));
        }
      }
      case ArrayNode array -> {
        var at = random.nextInt(array.size() + 1);
        if (at < array.size() && random.nextBoolean()) array.remove(at);
        else array.insert(at, value(random));
      }
      default -> throw new IllegalStateException("an unknown container");
    }
  }

  private ObjectNode fields(byte[] other) throws IOException {
    return trees.orElseThrow().readTree(other) instanceof ObjectNode object
        ? object
        : NODES.objectNode();
  }

  /// The node within many arrays or objects.
  private static JsonNode inside(Random random, @Nullable JsonNode node) {
    var outer = node == null ? NODES.nullNode() : node;
    for (var depth = 1 + size(random, DEEPEST); depth > 0; depth--)
      outer =
          random.nextBoolean() ? NODES.arrayNode().add(outer) : NODES.objectNode().set("a", outer);
    return outer;
  }

  private static JsonNode value(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(5) - 2);
      case 3 -> NODES.numberNode(random.nextLong());
      case 4 -> NODES.numberNode(random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
      case 5 -> NODES.numberNode(BigInteger.TEN.pow(1 + size(random, 2_000)));
      case 6 -> NODES.numberNode(new BigDecimal(BigInteger.ONE, random.nextInt()));
      case 7 -> NODES.numberNode(random.nextDouble());
      case 8 -> NODES.arrayNode();
      case 9 -> NODES.objectNode();
      case 10 -> numbers(size(random, 2_000));
      case 11 -> NODES.binaryNode(someBytes(random));
      default -> NODES.textNode(text(random));
    };
  }

  /// Mostly small, so that large inputs do not take most of the time.
  private static int size(Random random, int most) {
    return random.nextInt(random.nextInt(8) == 0 ? most : 16);
  }

  private static JsonNode numbers(int count) {
    var array = NODES.arrayNode();
    IntStream.range(0, count).forEach(array::add);
    return array;
  }

  /// Texts with letters that names, readers and databases treat specially.
  private static String text(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "x".repeat(size(random, 5_000));
      case 2 -> "\0";
      case 3 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
      default -> {
        var points = random.ints(1 + random.nextInt(8), 0, LETTERS.length).map(at -> LETTERS[at]);
        yield points
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    };
  }

  private static final int[] LETTERS = {
    'a', 'A', '1', '.', '-', '@', ' ', '\n', 0x00DF, 0x0130, 0x0307, 0x03A3, 0x0430, 0x05D0, 0x0627,
    0x0661, 0x1E9E, 0x200B, 0x200D, 0x202E, 0x2800, 0x3042, 0xAC00, 0xD800, 0xDC00, 0xFB00, 0xFE0F,
    0xFF21, 0xFFFD, 0x1F44D, 0x10FFFF
  };

  private static <E> E one(Random random, List<E> some) {
    return some.get(random.nextInt(some.size()));
  }
}

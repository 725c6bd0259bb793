package kith.node.inbox;

import java.util.Set;

/// User names in one column, with spaces between them, which no name has.
final class HiddenFrom {
  private HiddenFrom() {}

  static String toText(Set<String> users) {
    return String.join(" ", users);
  }

  static Set<String> ofText(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }
}

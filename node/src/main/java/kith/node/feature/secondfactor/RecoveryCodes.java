package kith.node.feature.secondfactor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.room.Invitations;
import kith.node.core.room.Rooms;

/// Codes that replace a lost app, each for one log-in. A code has 80 random bits, so a fast hash is
/// stored.
final class RecoveryCodes {
  private static final int NUMBER = 10;
  private static final int LETTERS = 16;
  private static final int GROUP = 4;

  private RecoveryCodes() {}

  /// The codes as users write them down: four groups of four letters.
  static List<String> create() {
    return Stream.generate(() -> Rooms.newId().substring(0, LETTERS))
        .limit(NUMBER)
        .map(letters -> String.join("-", letters.split("(?<=\\G.{" + GROUP + "})")))
        .toList();
  }

  static Set<String> hashes(List<String> codes) {
    return codes.stream().map(RecoveryCodes::hash).collect(Collectors.toSet());
  }

  /// @param typed the hyphens do not matter
  static String hash(String typed) {
    return Invitations.hash(typed.replace("-", ""));
  }
}

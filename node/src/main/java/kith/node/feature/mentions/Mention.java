package kith.node.feature.mentions;

import java.util.ArrayList;
import java.util.List;
import kith.node.platform.serialization.CborSerializable;

/// The names mentioned in one message.
///
/// @param names user names, and `@room` for everyone
public record Mention(long seq, String by, List<String> names) implements CborSerializable {
  public Mention {
    names = List.copyOf(names);
  }

  /// The same message with the names of both.
  public Mention and(Mention other) {
    var all = new ArrayList<>(names);
    all.addAll(other.names);
    return new Mention(seq, by, all);
  }

  public boolean isOf(String user) {
    return names.contains(user) || names.contains(Mentions.EVERYONE);
  }
}

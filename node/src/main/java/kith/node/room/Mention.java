package kith.node.room;

import java.util.List;
import kith.node.CborSerializable;

/// Who is named in one message.
///
/// @param names user names, and `@room` for everyone
public record Mention(long seq, String by, List<String> names) implements CborSerializable {
  public Mention {
    names = List.copyOf(names);
  }

  public boolean isOf(String user) {
    return names.contains(user) || names.contains(Mentions.EVERYONE);
  }
}

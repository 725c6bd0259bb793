package kith.node.presence;

import java.util.HashSet;
import java.util.Set;
import kith.node.CborSerializable;

/// Who is to be told what of an account, by its own choice.
///
/// @param hiddenFrom those who are told nothing
public record Discretion(Set<String> hiddenFrom) implements CborSerializable {
  public static final Discretion NONE = new Discretion(Set.of());

  public Discretion {
    hiddenFrom = Set.copyOf(hiddenFrom);
  }

  /// The stricter of both.
  Discretion and(Discretion other) {
    if (equals(other)) return this;
    var all = new HashSet<>(hiddenFrom);
    all.addAll(other.hiddenFrom);
    return new Discretion(all);
  }
}

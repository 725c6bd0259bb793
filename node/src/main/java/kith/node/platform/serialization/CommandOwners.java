package kith.node.platform.serialization;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Maps a command to the part of a host that owns it: the part that declares a supertype of it.
/// Shared by all hosts of one kind on a node.
public final class CommandOwners {
  private final Class<?> host;
  private final List<Class<?>> roots;
  private final ConcurrentHashMap<Class<?>, Class<?>> rootsByCommand = new ConcurrentHashMap<>();

  private CommandOwners(Class<?> host, List<Class<?>> roots) {
    this.host = host;
    this.roots = roots;
  }

  /// Throws an `IllegalStateException`, so that the node does not start, if two parts declare the
  /// same command.
  ///
  /// @param host the open branch of the host's protocol
  /// @param declared the sealed interfaces that the parts declare
  public static CommandOwners of(Class<?> host, Collection<? extends Class<?>> declared) {
    for (var one : declared) {
      if (!host.isAssignableFrom(one))
        throw new IllegalStateException(one.getName() + " is not a " + host.getName());
      for (var other : declared)
        if (one != other && one.isAssignableFrom(other))
          throw new IllegalStateException(
              "Two parts own " + other.getName() + ": it is a " + one.getName());
    }
    if (List.copyOf(declared).stream().distinct().count() != declared.size())
      throw new IllegalStateException("Two parts own the same commands: " + declared);
    return new CommandOwners(host, List.copyOf(declared));
  }

  /// Throws an `IllegalStateException` if a command that nodes send each other has no owner.
  public void requireAll() {
    for (var type : TypeNames.load().types()) if (host.isAssignableFrom(type)) rootOf(type);
  }

  /// The declared interface of the command.
  public Class<?> of(Object command) {
    return rootsByCommand.computeIfAbsent(command.getClass(), this::rootOf);
  }

  private Class<?> rootOf(Class<?> command) {
    return roots.stream()
        .filter(root -> root.isAssignableFrom(command))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No part owns " + command.getName()));
  }
}

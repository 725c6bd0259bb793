package kith.terminal.plain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.terminal.profile.Access;

/// Chooses another login of this machine.
///
/// @param open the login that is used now
record ServerChoice(Access open, LineServers servers, Transcript transcript) {

  List<String> lines() {
    return ServerLines.of(logins(), open.profile().name());
  }

  private List<ServerLines.Login> logins() {
    return Stream.concat(Stream.of(open), servers.stored().stream().filter(it -> !isOpen(it)))
        .map(ServerChoice::login)
        .toList();
  }

  private static ServerLines.Login login(Access access) {
    return new ServerLines.Login(access.server(), access.user(), access.profile().name());
  }

  private boolean isOpen(Access other) {
    return other.profile().name().equals(open.profile().name());
  }

  /// Absent if it is already open.
  Optional<Access> named(String name) {
    var chosen = ServerLines.named(logins(), name);
    if (chosen.equals(login(open))) return other(open);
    return servers.stored().stream()
        .filter(it -> login(it).equals(chosen))
        .findFirst()
        .flatMap(this::other);
  }

  /// Asks the user if no stored login fits. Absent if the user gives up.
  Optional<Access> add(String address, Optional<String> user) throws IOException {
    transcript.hold();
    Optional<Access> added;
    try {
      added = servers.add(address, user, open);
    } finally {
      transcript.release();
    }
    return added.flatMap(this::other);
  }

  private Optional<Access> other(Access chosen) {
    var name = Sanitizer.line(login(chosen).account());
    transcript.print(isOpen(chosen) ? "-- " + name + " is open" : "-- to " + name);
    return isOpen(chosen) ? Optional.empty() : Optional.of(chosen);
  }
}

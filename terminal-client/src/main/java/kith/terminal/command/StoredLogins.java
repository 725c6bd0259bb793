package kith.terminal.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.LineServers;
import kith.terminal.profile.Access;
import picocli.CommandLine.ParameterException;

/// The logins of this machine for line mode. Asks for a new one in lines.
record StoredLogins(Options options, Prompt prompt) implements LineServers {

  @Override
  public List<Access> stored() {
    return new StoredServers(options).logins();
  }

  @Override
  public Optional<Access> add(String address, Optional<String> user, Access open)
      throws IOException {
    var stored = new StoredServers(options).stored(address, user, List.of(open.profile().name()));
    if (stored.isPresent()) return stored;
    var other = options.forProfile(Optional.empty());
    try {
      other.setServer(options.address(address));
    } catch (ParameterException wrong) {
      throw new Unreachable(String.valueOf(wrong.getMessage()));
    }
    return new FirstRun(other, prompt).ask();
  }
}

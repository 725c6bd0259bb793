package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;

import java.util.List;
import java.util.Optional;

/// Parses the commands about this client: its servers, its settings and its editor.
final class ClientParser {
  private ClientParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "server",
            "[NAME | add URL [USER]]",
            "list the servers with a login, go to one, or log in at one more",
            ClientParser::server),
        LineCommand.of(
            "settings",
            "",
            "list the settings, with the commands that change them",
            nothingAfter(new InputLine.ShowSettings())),
        LineCommand.of(
            "editor",
            "[TEXT]",
            "write a message in $VISUAL or $EDITOR",
            rest -> Optional.of(new InputLine.Compose(rest))),
        LineCommand.of(
            "retry",
            "",
            "send the oldest refused message of this room again",
            nothingAfter(new InputLine.Retry())),
        LineCommand.of(
            "drop",
            "",
            "drop the oldest refused message of this room",
            nothingAfter(new InputLine.Drop())));
  }

  private static Optional<InputLine> server(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.ListServers());
    var words = rest.split("\\s+");
    if (words[0].equals("add"))
      return words.length == 2 || words.length == 3 ? Optional.of(added(words)) : Optional.empty();
    if (words[0].equals("remove"))
      return Optional.of(
          new InputLine.OnScreen(
              "Only the full screen shows several servers at once. /logout logs you out here."));
    return words.length == 1 ? Optional.of(new InputLine.ShowServer(words[0])) : Optional.empty();
  }

  /// `add example.org bob`, or `add bob@example.org`.
  private static InputLine added(String[] words) {
    var address = words[1];
    int at = address.contains("://") ? -1 : address.lastIndexOf('@');
    var named = at > 0 ? Optional.of(address.substring(0, at)) : Optional.<String>empty();
    var user = words.length == 3 ? Optional.of(words[2]) : named;
    return new InputLine.AddServer(address.substring(at + 1), user);
  }
}

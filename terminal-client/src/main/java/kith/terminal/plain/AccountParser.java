package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.word;

import java.util.List;
import java.util.Optional;

/// Parses the commands about the user's own account and its devices.
final class AccountParser {
  private AccountParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "account",
            "[name|picture|email VALUE]",
            "show your account, or set a part of it; none removes it",
            AccountParser::account),
        LineCommand.of(
            "password",
            "",
            "change your password, which logs your other devices out",
            nothingAfter(new InputLine.ChangePassword())),
        LineCommand.of(
            "second-factor",
            "",
            "show whether logging in needs a code of an app",
            nothingAfter(new InputLine.SecondFactor())),
        LineCommand.of(
            "devices",
            "",
            "list the devices you are logged in on",
            nothingAfter(new InputLine.Devices())),
        LineCommand.of(
            "end-device",
            "DEVICE|others",
            "log another of your devices out, by its id, or all others",
            word(device ->
                new InputLine.EndDevice(
                    device.equals("others") ? Optional.empty() : Optional.of(device)))),
        LineCommand.of(
            "logout",
            "[everywhere]",
            "log this device out, or all your devices, and quit",
            AccountParser::logOut));
  }

  private static Optional<InputLine> account(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.Account(Optional.empty()));
    var parts = rest.split("\\s+", 2);
    if (parts.length == 2 && parts[0].equals("picture") && AccountLines.isFile(parts[1]))
      return Optional.of(new InputLine.UploadPicture(parts[1]));
    return parts.length == 2
        ? AccountLines.change(parts[0], parts[1])
            .map(change -> new InputLine.Account(Optional.of(change)))
        : Optional.empty();
  }

  private static Optional<InputLine> logOut(String rest) {
    return rest.isEmpty() || rest.equals("everywhere")
        ? Optional.of(new InputLine.LogOut(!rest.isEmpty()))
        : Optional.empty();
  }
}

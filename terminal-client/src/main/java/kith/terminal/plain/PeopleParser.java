package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.user;
import static kith.terminal.plain.Arguments.userName;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.Status;

/// Parses the commands about other users.
final class PeopleParser {
  private PeopleParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "msg",
            "USER [TEXT]",
            "write to one user, or go to the conversation",
            PeopleParser::message),
        LineCommand.of(
            "contacts",
            "",
            "list your contacts and requests",
            nothingAfter(new InputLine.Contacts())),
        LineCommand.of(
            "contact",
            "add|accept|decline|remove USER [NOTE]",
            "send, accept or decline a contact request, or remove a contact",
            PeopleParser::contact),
        LineCommand.of(
            "requests",
            "",
            "list requests to begin a conversation",
            nothingAfter(new InputLine.Requests())),
        LineCommand.of(
            "accept",
            "USER",
            "accept a request and go to the conversation",
            user(user -> new InputLine.Message(user, Optional.empty()))),
        LineCommand.of(
            "decline",
            "USER",
            "decline a request, or withdraw yours",
            user(InputLine.Decline::new)),
        LineCommand.of("whois", "USER", "show the profile of a user", user(InputLine.Profile::new)),
        LineCommand.of(
            "picture",
            "USER",
            "show the picture of a user's profile",
            user(InputLine.ProfilePicture::new)),
        LineCommand.of(
            "block",
            "USER",
            "hide everything from a user",
            user(user -> new InputLine.Block(user, true))),
        LineCommand.of(
            "unblock",
            "USER",
            "end the block of a user",
            user(user -> new InputLine.Block(user, false))),
        LineCommand.of(
            "blocked", "", "list the users you blocked", nothingAfter(new InputLine.Blocked())),
        LineCommand.of(
            "status",
            "online|dnd|invisible",
            "set the status that others see, on all your devices",
            PeopleParser::status),
        LineCommand.of(
            "privacy",
            "[SETTING VALUE]",
            "show or set who sees what, and who may begin a conversation",
            PeopleParser::privacy));
  }

  private static Optional<InputLine> message(String rest) {
    if (rest.isEmpty()) return Optional.empty();
    var parts = rest.split("\\s+", 2);
    var user = userName(parts[0]);
    var text = parts.length < 2 ? Optional.<String>empty() : Optional.of(parts[1]);
    return Optional.of(new InputLine.Message(user, text));
  }

  private static Optional<InputLine> contact(String rest) {
    var parts = rest.split("\\s+", 3);
    if (parts.length < 2) return Optional.empty();
    var user = userName(parts[1]);
    var note = parts.length < 3 ? Optional.<String>empty() : Optional.of(parts[2]);
    return Arrays.stream(InputLine.ContactAction.values())
        .filter(action -> action.name().equalsIgnoreCase(parts[0]))
        .<InputLine>map(action -> new InputLine.Contact(action, user, note))
        .findFirst();
  }

  private static Optional<InputLine> status(String rest) {
    return Stream.of(Status.ONLINE, Status.DND, Status.INVISIBLE)
        .filter(status -> status.name().equalsIgnoreCase(rest))
        .<InputLine>map(InputLine.ChooseStatus::new)
        .findFirst();
  }

  private static Optional<InputLine> privacy(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.Privacy(Optional.empty()));
    var parts = rest.split("\\s+", -1);
    return parts.length == 2
        ? PrivacyLines.change(parts[0], parts[1])
            .map(change -> new InputLine.Privacy(Optional.of(change)))
        : Optional.empty();
  }
}

package kith.terminal.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Program;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.JoinLines;
import kith.terminal.plain.ModerationLines;
import kith.terminal.plain.RoomAdministration;
import kith.terminal.plain.RoomSettings;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.Spans;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The acts of owners and moderators on a room, with a command for each.
@Command(
    name = "room",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RoomSetCommand.class,
    description = "Show or change a room: settings, members, bans and invitations.")
final class RoomCommand {
  private static final String OF_ROOM = "The name or id of a room.";

  @Command(name = "show", description = "Show the settings of a room.")
  int show(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The room as a line of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (json) Streams.print(JsonLine.rest(access.rest().room(found.room())));
    else run(access, found, new InputLine.Settings(Optional.empty()));
    return Exit.DONE;
  }

  @Command(
      name = "delete",
      description = "Delete a room with its messages, for all members. Asks for the name first.")
  int delete(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--yes", description = "Do not ask for the name first.") boolean isConfirmed)
      throws IOException {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (!isConfirmed) {
      var name = Sanitizer.line(found.name());
      var typed = new Prompt(Streams.in(), Streams.err()).ask("Type " + name + " to delete it");
      if (!typed.equals(Optional.of(name))) {
        Streams.err().println("Nothing was deleted.");
        return Exit.USAGE;
      }
    }
    access.rest().deleteRoom(found.room());
    return Exit.DONE;
  }

  @Command(name = "role", description = "Make a user a member, moderator or owner of a room.")
  int role(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user,
      @Parameters(
              index = "2",
              paramLabel = "ROLE",
              completionCandidates = ActionNames.OfRole.class,
              description = "${COMPLETION-CANDIDATES}")
          String role) {
    var chosen =
        InputLine.ChangeRole.role(role)
            .orElseThrow(() -> options.usage("A role is member, moderator or owner."));
    return run(options, room, new InputLine.ChangeRole(user, chosen));
  }

  @Command(name = "kick", description = "Remove a user from a room.")
  int kick(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "The reason, which members see.")
          @Nullable String reason) {
    return run(options, room, new InputLine.Kick(user, Optional.ofNullable(reason)));
  }

  @Command(
      name = "mute",
      description =
          "Stop a member from writing in a room for some time. Only that member and moderators are"
              + " notified.")
  int mute(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user,
      @Parameters(
              index = "2",
              paramLabel = "TIME",
              description = "The duration, such as 30s, 10m, 2h or 7d.")
          String time,
      @Parameters(
              index = "3..*",
              arity = "0..*",
              paramLabel = "REASON",
              description = "The reason, which that member and moderators see.")
          List<String> words,
      @Option(names = "--reason", paramLabel = "TEXT", description = "The same reason as one text.")
          @Nullable String reason) {
    var span = Spans.parse(time).orElseThrow(() -> options.usage("A time is 30s, 10m, 2h or 7d."));
    return run(options, room, new InputLine.MuteMember(user, span.toMillis(), why(words, reason)));
  }

  /// The reason from the last words of a command, or from its option.
  private static Optional<String> why(@Nullable List<String> words, @Nullable String option) {
    if (words == null || words.isEmpty()) return Optional.ofNullable(option);
    return Optional.of(String.join(" ", words));
  }

  @Command(name = "requests", description = "List the users who ask to join a room.")
  int requests(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The requests as a line of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (json) Streams.print(JsonLine.rest(access.rest().joinRequests(found.room())));
    else run(access, found, new InputLine.Joins());
    return Exit.DONE;
  }

  @Command(name = "accept", description = "Accept a user's request to join a room.")
  int accept(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user) {
    return run(options, room, new InputLine.AcceptJoin(user));
  }

  @Command(
      name = "decline",
      description = "Decline a user's request to join a room. Only that user is notified.")
  int decline(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user,
      @Parameters(
              index = "2..*",
              arity = "0..*",
              paramLabel = "REASON",
              description = "The reason, for that user.")
          List<String> words) {
    return run(options, room, new InputLine.DeclineJoin(user, why(words, null)));
  }

  @Command(name = "asked", description = "List your requests to join rooms.")
  int asked(
      @Mixin Options options,
      @Option(names = "--json", description = "The requests as a line of JSON.") boolean json) {
    var rest = options.access().rest();
    if (json) Streams.print(JsonLine.rest(rest.ownJoinRequests()));
    else JoinLines.run(rest, new InputLine.OwnJoins()).forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(name = "withdraw", description = "Withdraw your request to join a room.")
  int withdraw(
      @Mixin Options options, @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room) {
    JoinLines.run(options.access().rest(), new InputLine.WithdrawJoin(room))
        .forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(name = "unmute", description = "Let a muted member write again.")
  int unmute(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user) {
    return run(options, room, new InputLine.UnmuteMember(user));
  }

  @Command(name = "mutes", description = "List the members who are muted in a room.")
  int mutes(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The mutes as a line of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (json) Streams.print(JsonLine.rest(access.rest().mutes(found.room())));
    else run(access, found, new InputLine.Mutes());
    return Exit.DONE;
  }

  @Command(
      name = "report",
      description =
          "Report a message to the moderators of the room and the administrators of the server."
              + " Its author is not notified.")
  int report(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "SEQ", description = "The number of the message.")
          long seq,
      @Parameters(index = "2", paramLabel = "REASON", description = "Why.") String reason) {
    return run(options, room, new InputLine.ReportMessage(seq, reason));
  }

  @Command(name = "reports", description = "List the open reports of a room.")
  int reports(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--handled", description = "The handled reports instead.") boolean isHandled,
      @Option(names = "--json", description = "The reports as lines of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    var next = Optional.<String>empty();
    boolean isFirst = true;
    do {
      var page = access.rest().reports(found.room(), isHandled ? "handled" : "open", next);
      for (var report : page.reports()) {
        if (json) Streams.print(JsonLine.rest(report));
        else
          ModerationLines.lines(
                  report,
                  id ->
                      Program.NAME + " room handle " + found.room() + " " + id + " 'WHAT YOU DID'")
              .forEach(Streams::print);
      }
      if (isFirst && page.reports().isEmpty() && !json) Streams.print("There are no reports.");
      isFirst = false;
      next = page.next();
    } while (next.isPresent());
    return Exit.DONE;
  }

  @Command(name = "handle", description = "Close a report with what you did.")
  int handle(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "REPORT", description = "The id of the report.")
          String report,
      @Parameters(index = "2", paramLabel = "WHAT", description = "What you did about it.")
          String what) {
    return run(options, room, new InputLine.HandleReport(report, what));
  }

  @Command(name = "ban", description = "Remove a user from a room and prevent rejoining.")
  int ban(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "The reason, which members see.")
          @Nullable String reason) {
    return run(options, room, new InputLine.Ban(user, Optional.ofNullable(reason)));
  }

  @Command(name = "unban", description = "Lift a ban.")
  int unban(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "USER", description = "The user.") String user) {
    return run(options, room, new InputLine.Unban(user));
  }

  @Command(name = "bans", description = "List the users who are banned from a room.")
  int bans(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The bans as a line of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (json) Streams.print(JsonLine.rest(access.rest().bans(found.room())));
    else run(access, found, new InputLine.Bans());
    return Exit.DONE;
  }

  @Command(
      name = "invite",
      description = "Create an invitation to a room; its token is shown only once.")
  int invite(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(
              names = "--uses",
              paramLabel = "N",
              description = "The number of joins; unlimited without it.")
          @Nullable Integer uses,
      @Option(
              names = "--days",
              paramLabel = "N",
              description = "The days until it expires; 7 without it.")
          @Nullable Integer days) {
    return run(
        options,
        room,
        new InputLine.Invite(
            uses == null ? OptionalInt.empty() : OptionalInt.of(uses),
            days == null
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.ofDays(days).toMillis())));
  }

  @Command(name = "invitations", description = "List the usable invitations to a room.")
  int invitations(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The invitations as a line of JSON.") boolean json) {
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (json) Streams.print(JsonLine.rest(access.rest().invitations(found.room())));
    else run(access, found, new InputLine.Invitations());
    return Exit.DONE;
  }

  @Command(name = "revoke", description = "Revoke an invitation to a room.")
  int revoke(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(
              index = "1",
              paramLabel = "INVITATION",
              description =
                  "The id of the invitation; see: ${ROOT-COMMAND-NAME} room invitations ROOM")
          String invitation) {
    return run(options, room, new InputLine.Revoke(invitation));
  }

  @Command(name = "versions", description = "Print the earlier texts of an edited message.")
  int versions(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "SEQ", description = "The number of the message.")
          long seq) {
    return run(options, room, new InputLine.Versions(seq));
  }

  private static int run(Options options, String room, InputLine.Administration line) {
    var access = options.access();
    run(access, RoomLookup.own(access, room), line);
    return Exit.DONE;
  }

  static void run(Access access, Room room, InputLine.Administration line) {
    RoomAdministration.run(access.rest(), line, room.room()).forEach(Streams::print);
  }

  /// The values that both `create` and `room set` take.
  static Optional<Integer> capacity(@Nullable String typed, Options options) {
    if (typed == null) return Optional.empty();
    var capacity = RoomSettings.capacity(typed);
    if (capacity.isEmpty()) throw options.usage("A capacity is a number of members, or none.");
    return capacity;
  }
}

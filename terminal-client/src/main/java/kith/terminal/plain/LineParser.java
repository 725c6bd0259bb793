package kith.terminal.plain;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.Status;

/// Parses input lines. The command table also provides the help.
public final class LineParser {
  private static final int MAX_HISTORY = 1_000;

  /// The server's limit may be lower.
  private static final long MAX_DAYS = 36_500;

  private static final Pattern CAPACITY = Pattern.compile("(?:^|\\s+)--capacity[ =]+(\\d{1,9})$");

  /// `/poll`, or `/bot:poll` for the command of one bot.
  private static final Pattern OF_BOT =
      Pattern.compile("(?:(?<bot>[^\\s:/]+):)?(?<command>[A-Za-z0-9][A-Za-z0-9_-]{0,31})");

  /// Commands of other chat clients, and what does the same here.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("away", "status"),
          Map.entry("b", "switch"),
          Map.entry("buffer", "switch"),
          Map.entry("close", "leave"),
          Map.entry("dm", "msg"),
          Map.entry("exit", "quit"),
          Map.entry("go", "switch"),
          Map.entry("ignore", "block"),
          Map.entry("list", "rooms"),
          Map.entry("mode", "role"),
          Map.entry("names", "who"),
          Map.entry("nick", "account name"),
          Map.entry("op", "role"),
          Map.entry("part", "leave"),
          Map.entry("query", "msg"),
          Map.entry("shortcuts", "help"),
          Map.entry("star", "bookmark"),
          Map.entry("q", "quit"),
          Map.entry("w", "switch"),
          Map.entry("wq", "quit"),
          Map.entry("x", "quit"),
          Map.entry("win", "switch"),
          Map.entry("window", "switch"));

  /// Arguments that ask for the usage of a command.
  private static final List<String> HELP = List.of("--help", "-h");

  private record Command(String usage, String meaning, Function<String, Optional<InputLine>> read) {
    String help() {
      return "Usage: " + usage + "  " + meaning;
    }
  }

  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  private LineParser() {}

  static {
    add("help", "", "show this list", nothingAfter(new InputLine.Help()));
    add("me", "TEXT", "send TEXT in italics", text(text -> say("*" + text + "*")));
    add("rooms", "", "list your rooms and the public ones", nothingAfter(new InputLine.Rooms()));
    add(
        "create",
        "NAME [PASSCODE] [--private] [--capacity N]",
        "create a room; put \"quotes\" around names with spaces",
        LineParser::create);
    add(
        "join",
        "NAME|ID|INVITATION [PASSCODE]",
        "join a room; put \"quotes\" around names with spaces",
        LineParser::join);
    add(
        "ask",
        "NAME|ID [TEXT]",
        "ask the moderators of a room to let you in, or change the text of your request",
        rest -> named(rest, InputLine.AskToJoin::new));
    add(
        "unask",
        "NAME|ID",
        "withdraw your request to join a room",
        text(what -> new InputLine.WithdrawJoin(unquoted(what))));
    add("asked", "", "list your requests to join rooms", nothingAfter(new InputLine.OwnJoins()));
    add("msg", "USER [TEXT]", "write to one user, or go to the conversation", LineParser::message);
    add("contacts", "", "list your contacts and requests", nothingAfter(new InputLine.Contacts()));
    add(
        "contact",
        "add|accept|decline|remove USER [NOTE]",
        "send, accept or decline a contact request, or remove a contact",
        LineParser::contact);
    add(
        "requests",
        "",
        "list requests to begin a conversation",
        nothingAfter(new InputLine.Requests()));
    add(
        "accept",
        "USER",
        "accept a request and go to the conversation",
        user(user -> new InputLine.Message(user, Optional.empty())));
    add("decline", "USER", "decline a request, or withdraw yours", user(InputLine.Decline::new));
    add(
        "privacy",
        "[SETTING VALUE]",
        "show or set who sees what, and who may begin a conversation",
        LineParser::privacy);
    add(
        "account",
        "[name|picture|email VALUE]",
        "show your account, or set a part of it; none removes it",
        LineParser::account);
    add(
        "password",
        "",
        "change your password, which logs your other devices out",
        nothingAfter(new InputLine.ChangePassword()));
    add(
        "second-factor",
        "",
        "show whether logging in needs a code of an app",
        nothingAfter(new InputLine.SecondFactor()));
    add("whois", "USER", "show the profile of a user", user(InputLine.Profile::new));
    add(
        "picture",
        "USER",
        "show the picture of a user's profile",
        user(InputLine.ProfilePicture::new));
    add(
        "block",
        "USER",
        "hide everything from a user",
        user(user -> new InputLine.Block(user, true)));
    add(
        "unblock",
        "USER",
        "end the block of a user",
        user(user -> new InputLine.Block(user, false)));
    add("blocked", "", "list the users you blocked", nothingAfter(new InputLine.Blocked()));
    add(
        "status",
        "online|dnd|invisible",
        "set the status that others see, on all your devices",
        LineParser::status);
    add(
        "notify",
        "[all|mentions|none | contents off|sender|full | away MINUTES|none]",
        "show what your receivers notify you of, or change it, for this room or for all",
        NotificationParser::rules);
    add(
        "quiet",
        "[22:00-07:00 [ZONE] | none]",
        "show or set hours without notifications, on all your devices",
        NotificationParser::quiet);
    add(
        "keywords",
        "[WORD, WORD … | none]",
        "show or set the words that notify you like a mention",
        NotificationParser::keywords);
    add("leave", "", "leave this room", nothingAfter(new InputLine.Leave()));
    add("switch", "ROOM", "switch to another of your rooms", text(InputLine.Switch::new));
    add(
        "who",
        "",
        "list the members of this room and their presence",
        nothingAfter(new InputLine.Who()));
    add("history", "[N]", "show the latest N entries, 50 by default", LineParser::history);
    add("search", "QUERY", "find messages in all your rooms", text(InputLine.Search::new));
    add("reply", "SEQ TEXT", "reply to message #SEQ", numbered(InputLine.Reply::new));
    add("edit", "SEQ TEXT", "edit your message #SEQ", numbered(InputLine.Edit::new));
    add("redact", "SEQ [REASON]", "remove message #SEQ", LineParser::redact);
    add(
        "react",
        "[SEQ] EMOJI",
        "react to message #SEQ, or to the latest one of others; again: remove the reaction",
        LineParser::react);
    add("pin", "SEQ", "pin message #SEQ for everybody in this room", pin(true));
    add("unpin", "SEQ", "unpin message #SEQ", pin(false));
    add("pins", "", "list the pinned messages of this room", nothingAfter(new InputLine.Pins()));
    add(
        "bookmark",
        "SEQ [NOTE]",
        "bookmark message #SEQ for yourself, with a note",
        LineParser::bookmark);
    add(
        "unbookmark",
        "SEQ",
        "remove your bookmark of message #SEQ",
        rest -> seq(rest).map(seq -> new InputLine.Bookmark(seq, false, Optional.empty())));
    add("bookmarks", "", "list your bookmarks", nothingAfter(new InputLine.Bookmarks()));
    add(
        "remind",
        "[SEQ] TIME [TEXT]",
        "remind yourself of a text, or of message #SEQ, at 20m, 14:30, tomorrow 9:00 or monday",
        LineParser::remind);
    add("reminders", "", "list your reminders", nothingAfter(new InputLine.Reminders()));
    add(
        "postpone",
        "ID TIME",
        "move a reminder to another time, even one that is due",
        LineParser::postpone);
    add("unremind", "ID", "remove a reminder, even one that is due", word(InputLine.Unremind::new));
    add(
        "file",
        "PATH",
        "send a file; on the screen, Tab completes the path",
        rest -> LocalPath.of(rest).map(InputLine.SendFile::new));
    add(
        "save",
        "SEQ",
        "save the files of message #SEQ",
        rest -> seq(rest).map(InputLine.SaveFiles::new));
    add("thread", "SEQ", "show the thread of message #SEQ", LineParser::thread);
    add("threads", "", "list the threads that you follow", nothingAfter(new InputLine.Threads()));
    add("follow", "[SEQ]", "follow the thread of message #SEQ", follow(true));
    add("unfollow", "[SEQ]", "unfollow the thread of message #SEQ", follow(false));
    add("versions", "SEQ", "show the earlier texts of message #SEQ", LineParser::versions);
    add("topic", "TEXT", "set the topic of this room", text(InputLine.Topic::new));
    add(
        "room",
        "[name|topic|passcode|capacity|visibility|keep|slow|read-only|approval VALUE]",
        "show the settings of this room, or change one; none removes it",
        LineParser::settings);
    add(
        "invite",
        "[USES [DAYS]]",
        "create an invitation to this room; without a limit, for any number of joins in a week",
        LineParser::invite);
    add(
        "invitations",
        "",
        "list the invitations to this room",
        nothingAfter(new InputLine.Invitations()));
    add("revoke", "INVITATION", "revoke an invitation by its id", word(InputLine.Revoke::new));
    add("role", "USER ROLE", "make a user member, moderator or owner", LineParser::role);
    add("kick", "USER [REASON]", "remove a user from this room", LineParser::kick);
    add(
        "mute",
        "USER TIME [REASON]",
        "stop a member from writing in this room for 30s, 10m, 2h or 7d",
        LineParser::mute);
    add("unmute", "USER", "let a muted member write again", user(InputLine.UnmuteMember::new));
    add("joins", "", "list the users who ask to join", nothingAfter(new InputLine.Joins()));
    add("let-in", "USER", "accept a request to join", user(InputLine.AcceptJoin::new));
    add(
        "turn-away",
        "USER [REASON]",
        "decline a request to join; only that user sees the reason",
        LineParser::turnAway);
    add("mutes", "", "list the members who are muted here", nothingAfter(new InputLine.Mutes()));
    add(
        "report",
        "SEQ REASON",
        "report message #SEQ to the moderators; its author is not notified",
        numbered(InputLine.ReportMessage::new));
    add("reports", "", "list the reports of this room", nothingAfter(new InputLine.Reports()));
    add("handle", "REPORT WHAT", "close a report with what you did", LineParser::handle);
    add(
        "slow",
        "TIME|off",
        "let each member write one message in this time, such as 30s",
        rest -> setting("slow", rest));
    add(
        "readonly",
        "on|off",
        "let only moderators write in this room",
        rest -> setting("read-only", rest));
    add("ban", "USER [REASON]", "remove a user and prevent rejoining", LineParser::ban);
    add("unban", "USER", "lift a ban", user(InputLine.Unban::new));
    add(
        "bans",
        "",
        "list the users who are banned from this room",
        nothingAfter(new InputLine.Bans()));
    add(
        "commands",
        "",
        "list the commands of bots in this room",
        nothingAfter(new InputLine.Commands()));
    add(
        "delete-room",
        "[NAME]",
        "delete this room and its messages for all members; asks, or takes the name",
        LineParser::deleteRoom);
    add(
        "devices",
        "",
        "list the devices you are logged in on",
        nothingAfter(new InputLine.Devices()));
    add(
        "end-device",
        "DEVICE|others",
        "log another of your devices out, by its id, or all others",
        word(device ->
            new InputLine.EndDevice(
                device.equals("others") ? Optional.empty() : Optional.of(device))));
    add(
        "logout",
        "[everywhere]",
        "log this device out, or all your devices, and quit",
        LineParser::logOut);
    add("quit", "", "quit; you stay logged in", nothingAfter(new InputLine.Quit()));
  }

  private static void add(
      String name, String arguments, String meaning, Function<String, Optional<InputLine>> read) {
    var usage = arguments.isEmpty() ? "/" + name : "/" + name + " " + arguments;
    COMMANDS.put(name, new Command(usage, meaning, read));
  }

  public static InputLine read(String typed) {
    if (typed.isBlank()) return new InputLine.Nothing();
    if (typed.startsWith("//")) return say(typed.substring(1));
    if (!typed.startsWith("/")) return say(typed);
    var parts = typed.substring(1).split("\\s+", 2);
    var command = COMMANDS.get(parts[0].toLowerCase(Locale.ROOT));
    var rest = parts.length == 2 ? parts[1].strip() : "";
    if (command == null) return ofBot(parts[0], rest);
    if (HELP.contains(rest)) return new InputLine.Wrong(command.help());
    var asked = COMMANDS.get(rest.startsWith("/") ? rest.substring(1) : rest);
    if (parts[0].equalsIgnoreCase("help") && asked != null)
      return new InputLine.Wrong(asked.help());
    return command
        .read()
        .apply(rest)
        .orElseGet(() -> new InputLine.Wrong("Usage: " + command.usage()));
  }

  private static InputLine ofBot(String typed, String rest) {
    var name = OF_BOT.matcher(typed);
    return name.matches()
        ? new InputLine.Call(
            Optional.ofNullable(name.group("bot")),
            name.group("command").toLowerCase(Locale.ROOT),
            rest,
            unknown(typed))
        : new InputLine.Wrong(unknown(typed));
  }

  private static String unknown(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    var near =
        Optional.ofNullable(ELSEWHERE.get(lower))
            .or(() ->
                COMMANDS.keySet().stream()
                    .filter(it -> !name.isEmpty() && it.startsWith(lower))
                    .findFirst());
    return "There is no /"
        + Sanitizer.line(name)
        + near.map(it -> "; did you mean /" + it + "?").orElse("; /help lists the commands.")
        + " To send text that starts with a slash, type two.";
  }

  /// The usage of each command, by its name without the slash.
  public static Map<String, String> usages() {
    var usages = new LinkedHashMap<String, String>();
    COMMANDS.forEach(
        (name, command) -> usages.put(name, command.usage() + "  " + command.meaning()));
    return usages;
  }

  static String help() {
    int widest = COMMANDS.values().stream().mapToInt(it -> it.usage().length()).max().orElse(0);
    return COMMANDS.values().stream()
        .map(it -> it.usage() + " ".repeat(widest + 2 - it.usage().length()) + it.meaning())
        .collect(Collectors.joining("\n", "", "\nAny other line is sent to the current room."));
  }

  private static Function<String, Optional<InputLine>> nothingAfter(InputLine line) {
    return rest -> rest.isEmpty() ? Optional.of(line) : Optional.empty();
  }

  private static Function<String, Optional<InputLine>> text(Function<String, InputLine> make) {
    return rest -> rest.isEmpty() ? Optional.empty() : Optional.of(make.apply(unquoted(rest)));
  }

  private static Function<String, Optional<InputLine>> word(Function<String, InputLine> make) {
    return rest ->
        rest.isEmpty() || rest.contains(" ") ? Optional.empty() : Optional.of(make.apply(rest));
  }

  private interface Numbered {
    InputLine make(long seq, String text);
  }

  private static Function<String, Optional<InputLine>> numbered(Numbered make) {
    return rest -> {
      var parts = rest.split("\\s+", 2);
      if (parts.length < 2) return Optional.empty();
      return seq(parts[0]).map(seq -> make.make(seq, parts[1]));
    };
  }

  private static Function<String, Optional<InputLine>> user(Function<String, InputLine> make) {
    return word(name -> make.apply(userName(name)));
  }

  private static Optional<InputLine> status(String rest) {
    return Stream.of(Status.ONLINE, Status.DND, Status.INVISIBLE)
        .filter(status -> status.name().equalsIgnoreCase(rest))
        .<InputLine>map(InputLine.ChooseStatus::new)
        .findFirst();
  }

  private static Optional<InputLine> message(String rest) {
    if (rest.isEmpty()) return Optional.empty();
    var parts = rest.split("\\s+", 2);
    var user = userName(parts[0]);
    var text = parts.length < 2 ? Optional.<String>empty() : Optional.of(parts[1]);
    return Optional.of(new InputLine.Message(user, text));
  }

  private static Optional<InputLine> privacy(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.Privacy(Optional.empty()));
    var parts = rest.split("\\s+");
    return parts.length == 2
        ? PrivacyLines.change(parts[0], parts[1])
            .map(change -> new InputLine.Privacy(Optional.of(change)))
        : Optional.empty();
  }

  private static Optional<InputLine> logOut(String rest) {
    return rest.isEmpty() || rest.equals("everywhere")
        ? Optional.of(new InputLine.LogOut(!rest.isEmpty()))
        : Optional.empty();
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

  private static Optional<InputLine> settings(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.Settings(Optional.empty()));
    var parts = rest.split("\\s+", 2);
    return parts.length == 2
        ? RoomSettings.change(parts[0], unquoted(parts[1]))
            .map(change -> new InputLine.Settings(Optional.of(change)))
        : Optional.empty();
  }

  private static Optional<InputLine> setting(String name, String value) {
    return RoomSettings.change(name, value)
        .map(change -> new InputLine.Settings(Optional.of(change)));
  }

  private static Optional<InputLine> mute(String rest) {
    var parts = rest.split("\\s+", 3);
    if (parts.length < 2) return Optional.empty();
    var user = userName(parts[0]);
    var reason = parts.length < 3 ? Optional.<String>empty() : Optional.of(parts[2]);
    return Spans.parse(parts[1])
        .map(span -> new InputLine.MuteMember(user, span.toMillis(), reason));
  }

  private static Optional<InputLine> handle(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts.length < 2
        ? Optional.empty()
        : Optional.of(new InputLine.HandleReport(parts[0], parts[1]));
  }

  private static Optional<InputLine> kick(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts[0].isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.Kick(userName(parts[0]), second(parts)));
  }

  private static Optional<InputLine> invite(String rest) {
    if (rest.isEmpty())
      return Optional.of(new InputLine.Invite(OptionalInt.empty(), OptionalLong.empty()));
    var parts = rest.split("\\s+");
    var uses = seq(parts[0]).filter(it -> it <= Integer.MAX_VALUE);
    var days = parts.length == 2 ? seq(parts[1]).filter(it -> it <= MAX_DAYS) : Optional.of(0L);
    if (parts.length > 2 || uses.isEmpty() || days.isEmpty()) return Optional.empty();
    long millis = Duration.ofDays(days.get()).toMillis();
    return Optional.of(
        new InputLine.Invite(
            OptionalInt.of(uses.get().intValue()),
            millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis)));
  }

  private static Function<String, Optional<InputLine>> pin(boolean is) {
    return rest -> seq(rest).map(seq -> new InputLine.Pin(seq, is));
  }

  private static Optional<InputLine> bookmark(String rest) {
    var parts = rest.split("\\s+", 2);
    return seq(parts[0]).map(seq -> new InputLine.Bookmark(seq, true, second(parts)));
  }

  private static Optional<InputLine> remind(String rest) {
    var parts = rest.split("\\s+", 2);
    var seq = parts.length < 2 ? Optional.<Long>empty() : seq(parts[0]);
    return ReminderTime.parse(seq.isPresent() ? parts[1] : rest)
        .filter(it -> seq.isPresent() || !it.rest().isEmpty())
        .map(it ->
            new InputLine.Remind(
                seq.map(OptionalLong::of).orElse(OptionalLong.empty()),
                it.time(),
                it.rest().isEmpty() ? Optional.empty() : Optional.of(it.rest())));
  }

  private static Optional<InputLine> postpone(String rest) {
    var parts = rest.split("\\s+", 2);
    if (parts.length < 2) return Optional.empty();
    return ReminderTime.parse(parts[1])
        .filter(it -> it.rest().isEmpty())
        .map(it -> new InputLine.Postpone(parts[0], it.time()));
  }

  private static Optional<InputLine> thread(String rest) {
    return seq(rest).map(InputLine.Thread::new);
  }

  private static Function<String, Optional<InputLine>> follow(boolean is) {
    return rest ->
        rest.isEmpty()
            ? Optional.of(new InputLine.Follow(OptionalLong.empty(), is))
            : seq(rest).map(seq -> new InputLine.Follow(OptionalLong.of(seq), is));
  }

  private static Optional<InputLine> versions(String rest) {
    return seq(rest).map(InputLine.Versions::new);
  }

  private static Optional<InputLine> deleteRoom(String rest) {
    return Optional.of(
        new InputLine.DeleteRoom(rest.isEmpty() ? Optional.empty() : Optional.of(unquoted(rest))));
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

  private static Optional<InputLine> create(String rest) {
    boolean hidden = false;
    var capacity = OptionalInt.empty();
    var words = rest;
    // options may follow the name, in any order
    for (boolean isMore = true; isMore; ) {
      var limit = CAPACITY.matcher(words);
      isMore = limit.find() || words.startsWith("--private") || words.endsWith(" --private");
      if (limit.reset().find()) {
        capacity = OptionalInt.of(Integer.parseInt(limit.group(1)));
        words = words.substring(0, limit.start());
      } else if (isMore) {
        hidden = true;
        words = words.replaceFirst("^--private\\s*|\\s+--private$", "");
      }
    }
    boolean isHidden = hidden;
    var most = capacity;
    if (words.startsWith("-")) return Optional.empty();
    return named(words, (name, passcode) -> new InputLine.Create(name, passcode, isHidden, most));
  }

  private static Optional<InputLine> join(String rest) {
    return named(rest, InputLine.Join::new);
  }

  private interface Named {
    InputLine make(String name, Optional<String> passcode);
  }

  /// A room, in quotes if its name has spaces, then a passcode.
  private static Optional<InputLine> named(String rest, Named make) {
    int close = rest.startsWith("\"") ? rest.indexOf('"', 1) : -1;
    var parts =
        close > 0
            ? new String[] {rest.substring(1, close), rest.substring(close + 1).strip()}
            : rest.split("\\s+", 2);
    if (parts[0].isEmpty()) return Optional.empty();
    var passcode =
        parts.length == 2 && !parts[1].isEmpty() ? Optional.of(parts[1]) : Optional.<String>empty();
    return Optional.of(make.make(parts[0], passcode));
  }

  private static Optional<InputLine> history(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.History(50));
    return seq(rest).map(count -> new InputLine.History((int) Math.min(count, MAX_HISTORY)));
  }

  private static Optional<InputLine> redact(String rest) {
    var parts = rest.split("\\s+", 2);
    return seq(parts[0]).map(seq -> new InputLine.Redact(seq, second(parts)));
  }

  private static Optional<InputLine> react(String rest) {
    var parts = rest.split("\\s+");
    var emoji = Emoji.replaced(parts[parts.length - 1]);
    if (parts.length > 2 || emoji.chars().allMatch(unit -> unit < 0x80)) return Optional.empty();
    return parts.length == 1
        ? Optional.of(new InputLine.React(OptionalLong.empty(), emoji))
        : seq(parts[0]).map(seq -> new InputLine.React(OptionalLong.of(seq), emoji));
  }

  private static Optional<InputLine> role(String rest) {
    var parts = rest.split("\\s+", 3);
    if (parts.length != 2) return Optional.empty();
    return InputLine.ChangeRole.role(parts[1])
        .map(role -> new InputLine.ChangeRole(userName(parts[0]), role));
  }

  private static Optional<InputLine> ban(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts[0].isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.Ban(userName(parts[0]), second(parts)));
  }

  private static Optional<InputLine> turnAway(String rest) {
    var parts = rest.split("\\s+", 2);
    var user = userName(parts[0]);
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.DeclineJoin(user, second(parts)));
  }

  private static Optional<String> second(String[] parts) {
    return parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
  }

  private static Optional<Long> seq(String text) {
    try {
      long seq = Long.parseLong(text.startsWith("#") ? text.substring(1) : text);
      return seq > 0 ? Optional.of(seq) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Tab completes a name with or without the `@`.
  private static String userName(String typed) {
    return typed.startsWith("@") ? typed.substring(1) : typed;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static InputLine say(String text) {
    return new InputLine.Say(Emoji.replaced(text));
  }
}

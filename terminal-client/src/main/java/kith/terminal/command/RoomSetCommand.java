package kith.terminal.command;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.RetentionLines;
import kith.terminal.plain.RoomSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description =
        "Change the settings of a room, then show them. Without an option, only show them.")
final class RoomSetCommand implements Callable<Integer> {
  /// The options of which one excludes the other.
  static final class Seen {
    @Option(names = "--public", description = "Everybody can find it, join it and read all of it.")
    private boolean isPublic;

    @Option(names = "--private", description = "Only invited users can find and join it.")
    private boolean isPrivate;
  }

  static final class Passcode {
    @Option(
        names = "--passcode",
        description = "Ask for a new passcode; not needed with KITH_PASSCODE.")
    private boolean isSet;

    @Option(names = "--no-passcode", description = "Joining no longer needs a passcode.")
    private boolean isRemoved;
  }

  @Mixin private final Options options;

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room.")
  private String room = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
  private @Nullable String name;

  @Option(names = "--topic", paramLabel = "TEXT", description = "The new topic; \"\" removes it.")
  private @Nullable String topic;

  @ArgGroup private @Nullable Seen seen;

  @ArgGroup private @Nullable Passcode passcode;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description = "The maximum number of members; none removes the limit.")
  private @Nullable String capacity;

  @Option(
      names = "--slow",
      paramLabel = "TIME",
      description =
          "Slow mode: the minimum time between two messages of a member, such as 30s; off disables it.")
  private @Nullable String slow;

  @Option(
      names = "--read-only",
      paramLabel = "on|off",
      description = "Only moderators and owners write.")
  private @Nullable String readOnly;

  @Option(
      names = "--approval",
      paramLabel = "on|off",
      description = "Moderators decide who joins a public room that has no passcode.")
  private @Nullable String approval;

  @Mixin private final KeepOptions keep = new KeepOptions();

  RoomSetCommand() {
    this(new Options());
  }

  RoomSetCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    var most = RoomCommand.capacity(capacity, options);
    var change =
        RoomSettings.of(
            Optional.ofNullable(name),
            Optional.ofNullable(topic),
            visibility(),
            passcode(),
            most.isEmpty() ? OptionalInt.empty() : OptionalInt.of(most.get()));
    var kept = keep.retention(options);
    boolean isChange =
        kept.isPresent()
            || Stream.of(name, topic, seen, passcode, capacity, slow, readOnly, approval)
                .anyMatch(it -> it != null);
    var moderated = RoomSettings.moderating(change, moderation());
    var whole = kept.map(it -> RoomSettings.keeping(moderated, it)).orElse(moderated);
    var access = options.access();
    var found = RoomLookup.own(access, room);
    if (keep.isPreview() && kept.isPresent()) {
      var preview = access.rest().previewRetention(found.room(), kept.get());
      Streams.print(RetentionLines.preview(preview, ZoneId.systemDefault()));
      return Exit.DONE;
    }
    RoomCommand.run(
        access, found, new InputLine.Settings(isChange ? Optional.of(whole) : Optional.empty()));
    return Exit.DONE;
  }

  private Moderation moderation() {
    return new Moderation(
        slow == null
            ? OptionalInt.empty()
            : OptionalInt.of(
                RoomSettings.slowMode(slow)
                    .orElseThrow(() -> options.usage("--slow takes a time up to 6h, or off."))),
        flag(readOnly, "--read-only"),
        flag(approval, "--approval"));
  }

  private Optional<Boolean> flag(@Nullable String typed, String option) {
    if (typed == null) return Optional.empty();
    return Optional.of(
        RoomSettings.flag(typed).orElseThrow(() -> options.usage(option + " takes on or off.")));
  }

  Optional<Visibility> visibility() {
    if (seen == null) return Optional.empty();
    if (seen.isPublic) return Optional.of(Visibility.PUBLIC);
    return seen.isPrivate ? Optional.of(Visibility.PRIVATE) : Optional.empty();
  }

  private Optional<String> passcode() throws IOException {
    if (passcode == null) return Optional.empty();
    return passcode.isRemoved ? Optional.of("") : options.passcode(passcode.isSet);
  }
}

package kith.terminal.command;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Webhooks.Webhook;
import kith.terminal.net.WebhookCalls;
import kith.terminal.plain.WebhookLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The webhooks of a room, for its owners.
@Command(
    name = "hooks",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "List or change the webhooks of a room, as its owner.",
      "Without ROOM, those for all rooms that you own."
    })
final class HooksCommand {
  private static final String OF_ROOM = "The name or id of a room.";
  private static final String OF_HOOK = "The id of the webhook, as the list shows it.";

  /// A room, and its webhooks.
  private record Hooks(WebhookCalls calls, String room) {
    static Hooks of(Options options, String room) {
      var access = options.access();
      return new Hooks(new WebhookCalls(access.rest()), RoomLookup.own(access, room).room());
    }
  }

  /// The arguments of a command: an optional room, and an object in it.
  private record Named(Optional<String> room, String what) {
    static Named of(List<String> words) {
      return words.size() == 1
          ? new Named(Optional.empty(), words.getFirst())
          : new Named(Optional.of(words.getFirst()), words.getLast());
    }
  }

  private static WebhookCalls ofAccount(Options options) {
    return new WebhookCalls(options.access().rest());
  }

  @Command(name = "list", description = "List the webhooks of a room, or those for all rooms.")
  int list(
      @Mixin Options options,
      @Parameters(arity = "0..1", paramLabel = "ROOM", description = OF_ROOM) @Nullable String room,
      @Option(names = "--json", description = "Webhooks as lines of JSON.") boolean json) {
    for (var hook : webhooks(options, room))
      if (json) Streams.print(JsonLine.rest(hook));
      else WebhookLines.of(hook).forEach(Streams::print);
    return Exit.DONE;
  }

  private static List<Webhook> webhooks(Options options, @Nullable String room) {
    if (room == null) return ofAccount(options).listOfAccount().webhooks();
    var hooks = Hooks.of(options, room);
    return hooks.calls().list(hooks.room()).webhooks();
  }

  @Command(
      name = "add",
      description = {
        "Send new entries of a room, or of all rooms, to a URL, signed (Standard Webhooks).",
        "The first line of the output is the secret, which is shown only now."
      })
  int add(
      @Mixin Options options,
      @Parameters(
              arity = "1..2",
              paramLabel = "[ROOM] URL",
              hideParamSyntax = true,
              description = "A room, and the https URL of a receiver.")
          List<String> words,
      @Option(
              names = "--kinds",
              paramLabel = "KIND",
              split = ",",
              description =
                  "The types of entries to send, separated by commas (message,edited,redacted).")
          @Nullable List<String> kinds,
      @Option(names = "--json", description = "The webhook as a line of JSON.") boolean json) {
    var made = create(options, Named.of(words), Optional.ofNullable(kinds));
    if (json) Streams.print(JsonLine.rest(made));
    else print(made);
    return Exit.DONE;
  }

  private static Webhook create(Options options, Named named, Optional<List<String>> kinds) {
    if (named.room().isEmpty()) return ofAccount(options).createOfAccount(named.what(), kinds);
    var hooks = Hooks.of(options, named.room().get());
    return hooks.calls().create(hooks.room(), named.what(), kinds);
  }

  private static void print(Webhook made) {
    Streams.print(made.secret().orElse(""));
    Streams.err()
        .println(
            "The webhook "
                + made.webhook()
                + " begins with the next entry. The line above is its secret, which is shown only"
                + " now.");
  }

  @Command(name = "remove", description = "Remove a webhook.")
  int remove(
      @Mixin Options options,
      @Parameters(
              arity = "1..2",
              paramLabel = "[ROOM] HOOK",
              hideParamSyntax = true,
              description = "A room, and the id of the webhook, as the list shows it.")
          List<String> words) {
    var named = Named.of(words);
    if (named.room().isEmpty()) ofAccount(options).removeOfAccount(named.what());
    else {
      var hooks = Hooks.of(options, named.room().get());
      hooks.calls().remove(hooks.room(), named.what());
    }
    return Exit.DONE;
  }

  @Command(
      name = "replay",
      description = "Send everything after an entry again, with the same ids as before.")
  int replay(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(index = "1", paramLabel = "HOOK", description = OF_HOOK) String hook,
      @Option(
              names = "--after",
              paramLabel = "SEQ",
              required = true,
              description = "The number of the last entry that the receiver has; 0 sends all.")
          long after) {
    if (after < 0) throw options.usage("--after must be at least 0.");
    var hooks = Hooks.of(options, room);
    hooks.calls().replay(hooks.room(), hook, after);
    return Exit.DONE;
  }

  @Command(name = "restart", description = "Restart a webhook that was given up.")
  int restart(
      @Mixin Options options,
      @Parameters(
              arity = "1..2",
              paramLabel = "[ROOM] HOOK",
              hideParamSyntax = true,
              description = "A room, and the id of the webhook, as the list shows it.")
          List<String> words) {
    var named = Named.of(words);
    if (named.room().isEmpty()) ofAccount(options).restartOfAccount(named.what());
    else {
      var hooks = Hooks.of(options, named.room().get());
      hooks.calls().restart(hooks.room(), named.what());
    }
    return Exit.DONE;
  }
}

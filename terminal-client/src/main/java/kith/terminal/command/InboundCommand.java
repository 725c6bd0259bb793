package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import kith.protocol.rest.InboundHooks.InboundHook;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.Sanitizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Incoming webhooks of a room, with a command for each act.
@Command(
    name = "inbound",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Let programs send messages to a room, by incoming webhooks. For owners of the room.",
      "A webhook accepts the formats of Slack, Grafana, Alertmanager and GitHub, and plain text."
    })
final class InboundCommand {
  private static final String OF_ROOM = "The name or id of a room.";

  @Command(name = "list", description = "List the incoming webhooks of a room.")
  int list(
      @Mixin Options options,
      @Parameters(paramLabel = "ROOM", description = OF_ROOM) String room,
      @Option(names = "--json", description = "The webhooks as a line of JSON.") boolean json) {
    var access = options.access();
    var found = access.rest().inboundHooks(RoomLookup.own(access, room).room());
    if (json) Streams.print(JsonLine.rest(found));
    else {
      var lines = new EntryLines(ZoneId.systemDefault());
      found.hooks().forEach(hook -> Streams.print(line(hook, lines)));
    }
    return Exit.DONE;
  }

  static String line(InboundHook hook, EntryLines lines) {
    var now = Instant.now();
    return "%s  %s, made by %s %s, %s"
        .formatted(
            Sanitizer.line(hook.hook()),
            Sanitizer.line(hook.name()),
            Sanitizer.line(hook.by()),
            lines.time(hook.created(), now),
            hook.lastUsed().map(at -> "last used " + lines.time(at, now)).orElse("never used"));
  }

  @Command(
      name = "add",
      description =
          "Create an incoming webhook. Its address is shown only once; anyone who knows it can send"
              + " messages to the room.")
  int add(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(
              index = "1",
              paramLabel = "NAME",
              description = "The name shown as the program's sender, such as grafana.")
          String name,
      @Option(names = "--json", description = "The webhook as a line of JSON.") boolean json) {
    var access = options.access();
    var made = access.rest().createInboundHook(RoomLookup.own(access, room).room(), name);
    Streams.print(json ? JsonLine.rest(made) : access.rest().addressOf(made).toString());
    return Exit.DONE;
  }

  @Command(name = "remove", description = "Remove an incoming webhook; its address ends.")
  int remove(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = OF_ROOM) String room,
      @Parameters(
              index = "1",
              paramLabel = "WEBHOOK",
              description = "The id of the webhook; see: ${ROOT-COMMAND-NAME} inbound list ROOM")
          String hook) {
    var access = options.access();
    access.rest().removeInboundHook(RoomLookup.own(access, room).room(), hook);
    return Exit.DONE;
  }
}

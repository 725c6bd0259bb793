package kith.terminal.command;

import java.util.Optional;
import kith.protocol.Program;
import kith.protocol.rest.Notifications.PushKeys;
import kith.terminal.net.NotificationCalls;
import kith.terminal.plain.NotificationLines;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The receivers of notifications.
@Command(
    name = "push",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Send your notifications to a phone or a desktop with ntfy, or digests of unread messages"
          + " to an e-mail address.",
      "Rules: ${ROOT-COMMAND-NAME} notify"
    })
final class PushCommand {
  private static final String OF_RECEIVER = "The id of the receiver, as the list shows it.";

  @Command(name = "list", description = "List the receivers of your devices.")
  int list(
      @Mixin Options options,
      @Option(names = "--json", description = "Receivers as lines of JSON.") boolean json) {
    for (var receiver : calls(options).receivers().pushes())
      if (json) Streams.print(JsonLine.rest(receiver));
      else NotificationLines.of(receiver).forEach(Streams::print);
    return Exit.DONE;
  }

  @Command(
      name = "add",
      description = {
        "Send your notifications to an ntfy topic, or to a subscription of Web Push, as long as"
            + " this device is logged in.",
        "A topic that others can guess lets them read your notifications: choose a long random"
            + " name, or a topic that needs a token."
      })
  int add(
      @Mixin Options options,
      @Parameters(paramLabel = "URL", description = "The URL of the topic.") String url,
      @Option(
              names = "--token",
              paramLabel = "TOKEN",
              description =
                  "An access token of the ntfy server (default: $KITH_NTFY_TOKEN, if set).")
          @Nullable String token,
      @Option(
              names = "--p256dh",
              paramLabel = "KEY",
              description = "The key of a Web Push subscription, whose endpoint the URL is.")
          @Nullable String p256dh,
      @Option(names = "--auth", paramLabel = "SECRET", description = "Its secret.")
          @Nullable String auth) {
    if ((p256dh == null) != (auth == null))
      throw options.usage("Give --p256dh and --auth, or none.");
    var keys =
        p256dh == null || auth == null
            ? Optional.<PushKeys>empty()
            : Optional.of(new PushKeys(p256dh, auth));
    var given =
        keys.isPresent()
            ? Optional.<String>empty()
            : Optional.ofNullable(token).or(PushCommand::tokenOfEnvironment);
    var receiver = calls(options).add(url, given, keys);
    Streams.print(receiver.push());
    return Exit.DONE;
  }

  private static Optional<String> tokenOfEnvironment() {
    return Optional.ofNullable(System.getenv("KITH_NTFY_TOKEN")).filter(it -> !it.isEmpty());
  }

  @Command(
      name = "email",
      description = {
        "Send digests of your unread messages to an e-mail address: mentions, conversations and"
            + " other messages that notify you.",
        "A code is sent to the address first: ${ROOT-COMMAND-NAME} push confirm CODE"
      })
  int email(
      @Mixin Options options,
      @Parameters(paramLabel = "ADDRESS", description = "Your e-mail address.") String address) {
    calls(options).addEmail(address);
    Streams.err()
        .println(
            "A code is on its way to "
                + Sanitizer.line(address)
                + ": "
                + Program.NAME
                + " push confirm CODE");
    return Exit.DONE;
  }

  @Command(
      name = "confirm",
      description = "Confirm your e-mail address with the code that was sent to it.")
  int confirm(
      @Mixin Options options,
      @Parameters(paramLabel = "CODE", description = "The code.") String code) {
    Streams.print(calls(options).confirmEmail(code).push());
    return Exit.DONE;
  }

  @Command(name = "remove", description = "Send nothing more to a receiver.")
  int remove(
      @Mixin Options options,
      @Parameters(paramLabel = "RECEIVER", description = OF_RECEIVER) String receiver) {
    calls(options).remove(receiver);
    return Exit.DONE;
  }

  @Command(name = "test", description = "Send a test notification.")
  int test(
      @Mixin Options options,
      @Parameters(paramLabel = "RECEIVER", description = OF_RECEIVER) String receiver) {
    var test = calls(options).test(receiver);
    if (test.accepted()) return Exit.DONE;
    NotificationLines.refusal(test).forEach(Streams.err()::println);
    return Exit.REFUSED;
  }

  @Command(name = "restart", description = "Restart a receiver that was given up.")
  int restart(
      @Mixin Options options,
      @Parameters(paramLabel = "RECEIVER", description = OF_RECEIVER) String receiver) {
    calls(options).restart(receiver);
    return Exit.DONE;
  }

  private static NotificationCalls calls(Options options) {
    return new NotificationCalls(options.access().rest());
  }
}

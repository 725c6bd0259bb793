package kith.terminal.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import kith.protocol.Code;
import kith.protocol.Ids;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.terminal.net.Connection;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Outbox;
import kith.terminal.net.Refused;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = {
      "Post one message and wait until it is stored.",
      "Prints the server's ack as a line of JSON. After exit code 3 the message may or may not be"
          + " stored; a retry with the same --id stores it once."
    })
final class SendCommand implements Callable<Integer> {

  @Mixin private final Options options = new Options();

  @Parameters(index = "0", paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description =
          "The message. '-' reads it from standard input; without a message and without --file, it"
              + " is read from there, too.")
  private List<String> words = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file to send with the message, repeatable; '-' for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--thread",
      paramLabel = "SEQ",
      description = "Answer message #SEQ, in its thread.")
  private @Nullable Long thread;

  @Option(names = "--id", paramLabel = "ID", description = "The message id, for retries.")
  private @Nullable String id;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "The timeout in seconds (${DEFAULT-VALUE}).")
  private int timeout;

  /// More than a server accepts in one message, and little memory.
  static final int MAX_BYTES = 1_048_576;

  @Override
  public Integer call() throws Exception {
    var chosen = id == null ? UUID.randomUUID().toString() : id;
    if (!Ids.isId(chosen)) {
      throw options.usage("An id has 1 to 64 characters of A-Z a-z 0-9 . _ ~ -");
    }
    if (thread != null && thread < 1) throw options.usage("SEQ must be at least 1.");
    if (files.contains("-") && words.equals(List.of("-"))) {
      throw options.usage("Only one of the message and a file can be standard input.");
    }
    var text = text();
    if (text.isBlank() && files.isEmpty())
      throw options.usage("The message is blank; nothing was sent.");
    Streams.print(JsonLine.of(post(options.access(), chosen, text)));
    return Exit.DONE;
  }

  private String text() throws IOException {
    if (words.isEmpty() && !files.isEmpty()) return "";
    if (!words.isEmpty() && !words.equals(List.of("-"))) return String.join(" ", words);
    var bytes = System.in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES)
      throw options.usage("This is too long for a message; --file - sends it as a file.");
    return body(bytes)
        .orElseThrow(() -> options.usage("The message is not UTF-8; nothing was sent."));
  }

  /// Absent if the bytes are not UTF-8: replacement characters would change the message.
  static Optional<String> body(byte[] bytes) {
    try {
      var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(read.endsWith("\n") ? read.substring(0, read.length() - 1) : read);
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /// The connection begins first, so that it is there when the room is found.
  private ServerFrame.Ack post(Access access, String chosen, String text)
      throws InterruptedException, ExecutionException, IOException {
    var answer = new CompletableFuture<ServerFrame.Ack>();
    var why = new AtomicReference<>("No answer in time.");
    try (var connection =
        Connection.start(
            access.nodes(), access.tokens(), Outbox.none(), event -> take(event, answer, why))) {
      var post =
          new ClientFrame.Send(
              chosen,
              RoomLookup.own(access, room).room(),
              text,
              thread == null ? OptionalLong.empty() : OptionalLong.of(thread),
              SentFiles.upload(access.files(), files));
      connection.submit(new SessionCommand.Post(post));
      return await(answer, chosen, why);
    }
  }

  private ServerFrame.Ack await(
      CompletableFuture<ServerFrame.Ack> answer, String chosen, AtomicReference<String> why)
      throws InterruptedException, ExecutionException {
    try {
      return answer.get(timeout, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw later(why.get(), chosen);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof TimeoutException) throw later(why.get(), chosen);
      if (failure.getCause() instanceof Refused refused) throw refused;
      if (failure.getCause() instanceof NotLoggedIn over) throw over;
      throw failure;
    }
  }

  private static Unreachable later(String why, String chosen) {
    return new Unreachable(why + " Retry with: --id " + chosen);
  }

  /// @param why receives the server's latest reason for refusing a post for now
  static void take(
      SessionEvent event, CompletableFuture<ServerFrame.Ack> answer, AtomicReference<String> why) {
    switch (event) {
      case SessionEvent.Delayed(_, var code, var message) -> {
        why.set(message);
        // maintenance can last for hours
        if (code.equals(Code.MAINTENANCE.wire()))
          answer.completeExceptionally(new TimeoutException());
      }
      case SessionEvent.Sent(var post, var seq, var at) ->
          answer.complete(new ServerFrame.Ack(post.id(), post.room(), seq, at));
      case SessionEvent.Failed(_, var code, var message) ->
          answer.completeExceptionally(new Refused(0, code, message, OptionalLong.empty()));
      case SessionEvent.StateChanged(ConnectionState.Ended(_, var message)) ->
          answer.completeExceptionally(new NotLoggedIn(message));
      case SessionEvent.StateChanged _,
          SessionEvent.Arrived _,
          SessionEvent.CaughtUp _,
          SessionEvent.Missing _,
          SessionEvent.Rewound _,
          SessionEvent.Kept _,
          SessionEvent.UploadKept _,
          SessionEvent.UploadNotKept _,
          SessionEvent.Page _,
          SessionEvent.NoPage _,
          SessionEvent.Called _,
          SessionEvent.Answered _,
          SessionEvent.RoomClosed _,
          SessionEvent.OfAccount _ -> {}
    }
  }
}

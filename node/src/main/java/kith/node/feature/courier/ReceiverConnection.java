package kith.node.feature.courier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kith.node.feature.courier.AnswerReader.Head;
import kith.node.feature.courier.Delivery.Answered;
import kith.node.feature.courier.Delivery.Outcome;
import kith.node.feature.courier.Delivery.Unanswered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests to one receiver, one at a time, and reuses the connection if the receiver keeps
/// it open. It is used by one thread, which it blocks.
final class ReceiverConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiverConnection.class);

  private record Open(HttpSender.Link link, AnswerReader answers) {}

  /// The handling of the body of an answer.
  private interface Body {
    Optional<String> read(AnswerReader answers, Head head) throws IOException;
  }

  private final HttpSender sender;
  private @Nullable Open open;

  ReceiverConnection(HttpSender sender) {
    this.sender = sender;
  }

  /// Sends a request, and keeps the connection if the receiver allows another request.
  Outcome send(Delivery delivery) {
    return send(
        delivery,
        true,
        (answers, head) -> {
          if (!head.isKept() || answers.body(head, sender.mostHead()).isEmpty()) close();
          return Optional.empty();
        });
  }

  /// Sends the only request of this connection. The body of the answer is not read.
  Outcome sendOnly(Delivery delivery) {
    return send(delivery, false, (_, _) -> Optional.empty());
  }

  /// Sends the only request of this connection.
  ///
  /// @param mostBody bytes of the body of the answer; a longer one is not returned
  Outcome call(Delivery delivery, int mostBody) {
    return send(
        delivery,
        false,
        (answers, head) ->
            answers.body(head, mostBody).map(it -> new String(it, StandardCharsets.UTF_8)));
  }

  private Outcome send(Delivery delivery, boolean isKept, Body body) {
    var deadline = new Deadline();
    var alarm = new CompletableFuture<Void>();
    var _ =
        alarm
            .orTimeout(sender.limit().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyAsync(_ -> {
              deadline.passes();
              return null;
            });
    try {
      return exchange(delivery, isKept, body, deadline);
    } catch (IOException fault) {
      close();
      return new Unanswered(deadline.isOver() ? sender.late() : sender.reason(fault));
    } finally {
      if (!alarm.complete(null) || !isKept) close();
    }
  }

  private Outcome exchange(Delivery delivery, boolean isKept, Body body, Deadline deadline)
      throws IOException {
    var kept = open;
    if (kept != null) {
      deadline.guards(kept.link().socket());
      try {
        return exchange(delivery, isKept, body, kept);
      } catch (IOException ended) {
        close();
        // a receiver may end a connection between two requests; this one is then sent again, as its
        // id permits
        if (deadline.isOver() || kept.answers().hasBegun()) throw ended;
      }
    }
    var link = sender.connect(delivery.url(), deadline::guards);
    var fresh = new Open(link, new AnswerReader(link.used().getInputStream(), sender.mostHead()));
    open = fresh;
    return exchange(delivery, isKept, body, fresh);
  }

  private Outcome exchange(Delivery delivery, boolean isKept, Body body, Open on)
      throws IOException {
    var request = new ByteArrayOutputStream();
    request.writeBytes(sender.head(delivery, isKept).getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(delivery.body());
    // in one write: a head that is sent alone has to be acknowledged before the body may follow
    request.writeTo(on.link().used().getOutputStream());
    var head = on.answers().head();
    return new Answered(head.status(), head.retryAfter(), body.read(on.answers(), head));
  }

  @Override
  public void close() {
    var ended = open;
    open = null;
    if (ended != null) close(ended.link().used());
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException fault) {
      LOG.debug("A connection was already closed", fault);
    }
  }

  /// Closes the connection of a request that timed out.
  private static final class Deadline {
    private boolean isOver;
    private @Nullable Socket socket;

    synchronized void guards(Socket used) {
      socket = used;
      if (isOver) ReceiverConnection.close(used);
    }

    synchronized void passes() {
      isOver = true;
      if (socket != null) ReceiverConnection.close(socket);
    }

    synchronized boolean isOver() {
      return isOver;
    }
  }
}

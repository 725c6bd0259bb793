package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.terminal.net.SessionEvent;
import org.junit.jupiter.api.Test;

class SendCommandTest {
  private final CompletableFuture<ServerFrame.Ack> answer = new CompletableFuture<>();
  private final AtomicReference<String> why = new AtomicReference<>("");

  private void isDelayed(Code code) {
    var post = new ClientFrame.Send("a", "lobby", "hello", OptionalLong.empty());
    SendCommand.take(
        new SessionEvent.Delayed(post, code.wire(), "We move to another machine."), answer, why);
  }

  @Test
  void aMessageThatIsRefusedForAMomentIsRetried() {
    isDelayed(Code.UNAVAILABLE);

    assertThat(answer).isNotDone();
  }

  @Test
  void maintenanceEndsTheCommandAtOnceWithItsReason() {
    isDelayed(Code.MAINTENANCE);

    assertThat(answer).isCompletedExceptionally();
    assertThat(why).hasValue("We move to another machine.");
  }
}

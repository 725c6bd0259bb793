package kith.node.feature.typing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kith.node.core.session.FakeSocket;
import kith.node.core.session.Outbound;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.platform.metrics.Metrics;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

class SessionTypingTest {
  private static final long WINDOW = 1_000;

  private final FakeSocket socket = new FakeSocket();
  private final SessionTyping typing =
      new SessionTyping(
          System::nanoTime, new Outbound(socket, WINDOW, new Metrics().sessions()), "bob");

  @Test
  void whoStopsWhileTheSocketTakesNothingStopsWhenItTakesMore() {
    types("ann");
    assertThat(shown()).containsExactly("ann");

    socket.unwritten(WINDOW);
    types("ann", "cem");
    types();
    socket.unwritten(0);
    typing.tell();

    assertThat(shown()).isEmpty();
    assertThat(socket.drainedAsked()).isPositive();
  }

  @Test
  void whatIsAsItWasIsNotSaidAgain() {
    types("ann");
    shown();

    socket.unwritten(WINDOW);
    types();
    types("ann");
    socket.unwritten(0);
    typing.tell();
    types("cem");

    assertThat(shown()).containsExactly("cem");
  }

  private void types(String... users) {
    var typists = Stream.of(users).map(it -> new Typist(it, PrivacyPolicy.OPEN)).toList();
    typing.on(new RelayTyping.Changed("tea", typists), Relations.EMPTY);
  }

  private List<String> shown() {
    return socket.expect(ServerFrame.Typing.class).users();
  }
}

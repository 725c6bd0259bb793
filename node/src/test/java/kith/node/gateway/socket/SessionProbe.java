package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.node.core.session.SocketEvent;
import kith.node.core.session.SocketWriter;

/// Stands in for a session: receives its socket's events, and writes when the test wants it.
final class SessionProbe implements Consumer<SocketEvent> {

  final SocketWriter writer;
  private final BlockingQueue<SocketEvent> heard = new LinkedBlockingQueue<>();

  SessionProbe(SocketWriter writer) {
    this.writer = writer;
  }

  @Override
  public void accept(SocketEvent event) {
    heard.add(event);
  }

  SocketEvent next() throws InterruptedException {
    var event = heard.poll(3, TimeUnit.MINUTES);
    assertThat(event).as("an event within three minutes").isNotNull();
    return event;
  }

  void hears(SocketEvent expected) throws InterruptedException {
    assertThat(next()).isEqualTo(expected);
  }

  /// Call this only after all events must have arrived.
  void heardNothingMore() {
    assertThat(heard).isEmpty();
  }

  void hearsText(String expected) throws InterruptedException {
    assertThat(nextText()).isEqualTo(expected);
  }

  String nextText() throws InterruptedException {
    var event = next();
    assertThat(event).isInstanceOf(SocketEvent.Received.class);
    writer.handled();
    return ((SocketEvent.Received) event).text().utf8String();
  }

  void says(String text) {
    writer.write(Frames.text(ClientFrames.utf8(text)));
  }
}

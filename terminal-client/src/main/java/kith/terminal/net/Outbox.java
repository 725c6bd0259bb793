package kith.terminal.net;

import java.io.IOException;
import java.util.List;
import kith.protocol.frame.ClientFrame;

/// Posts that have no answer yet, kept where they survive the client.
public interface Outbox extends AutoCloseable {

  /// What was left without an answer when this was opened, oldest first.
  List<ClientFrame.Post> left();

  /// Returns when the post is safe.
  void add(ClientFrame.Post post) throws IOException;

  void remove(ClientFrame.Post post) throws IOException;

  @Override
  void close() throws IOException;

  /// Keeps nothing: for scripts, which try again themselves with the same id.
  static Outbox none() {
    return new Outbox() {
      @Override
      public List<ClientFrame.Post> left() {
        return List.of();
      }

      @Override
      public void add(ClientFrame.Post post) {}

      @Override
      public void remove(ClientFrame.Post post) {}

      @Override
      public void close() {}
    };
  }
}

package kith.terminal.net;

import java.io.IOException;
import java.util.List;
import kith.protocol.frame.ClientFrame;

/// Posts without an answer, refused posts that the user has not decided on, and files to be
/// uploaded for a post, kept on disk so that they outlive the client.
public interface Outbox extends AutoCloseable {

  /// The posts that had no answer when the outbox was opened, oldest first.
  List<ClientFrame.Post> unanswered();

  /// The posts that were refused, oldest first.
  List<RefusedPost> refused();

  /// Returns once the post is on disk. A refused post becomes an unanswered one.
  void add(ClientFrame.Post post) throws IOException;

  /// A lost refusal does no harm: the next run sends the post again and it is refused again.
  void refuse(ClientFrame.Post post, String why) throws IOException;

  /// Removes the post, and its upload if there is one.
  void remove(ClientFrame.Post post) throws IOException;

  /// The files that wait to be uploaded, oldest first.
  List<PendingUpload> uploads();

  /// Returns once the upload is on disk. It ends with `add` or `remove` of its post.
  void addUpload(PendingUpload upload) throws IOException;

  @Override
  void close() throws IOException;

  /// Stores nothing. For scripts, which retry with the same id themselves.
  static Outbox none() {
    return new Outbox() {
      @Override
      public List<ClientFrame.Post> unanswered() {
        return List.of();
      }

      @Override
      public List<RefusedPost> refused() {
        return List.of();
      }

      @Override
      public void add(ClientFrame.Post post) {}

      @Override
      public void refuse(ClientFrame.Post post, String why) {}

      @Override
      public void remove(ClientFrame.Post post) {}

      @Override
      public List<PendingUpload> uploads() {
        return List.of();
      }

      @Override
      public void addUpload(PendingUpload upload) {}

      @Override
      public void close() {}
    };
  }
}

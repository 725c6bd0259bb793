package kith.node.core.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Attachment;
import kith.protocol.Code;

/// Finds the files that a message names, before the message goes to its room.
public interface Attachments {
  /// Used by a node without files.
  Attachments NONE =
      (_, _, _, _) -> CompletableFuture.completedFuture(new Claim.Refused(Code.UNKNOWN_FILE));

  sealed interface Claim {
    /// The files belong to the post, in the order in which it names them.
    record Granted(List<Attachment> files) implements Claim {
      public Granted {
        files = List.copyOf(files);
      }
    }

    record Refused(Code code) implements Claim {}
  }

  /// Makes files of the sender belong to one post. Repeated for a retry, with the same answer.
  ///
  /// @param post the id of the post
  CompletionStage<Claim> claim(String sender, String room, String post, List<String> files);
}

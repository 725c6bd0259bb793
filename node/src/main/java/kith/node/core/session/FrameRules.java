package kith.node.core.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.Ids;
import kith.protocol.Lengths;
import kith.protocol.Names;
import kith.protocol.frame.ClientFrame;

/// The checks of a single frame before any room is asked.
final class FrameRules {
  private static final String ID_RULE = "must be 1 to 64 characters of A-Z a-z 0-9 . _ ~ -";
  static final String BAD_ID = "The field 'id' " + ID_RULE + ".";

  private FrameRules() {}

  /// Also checks posts of features, but only their ids.
  static Optional<Objection> objection(ClientFrame.Post post, int bodyBytes, int mostFiles) {
    if (!isId(post.id())) return bad("id", ID_RULE);
    return switch (post) {
      case ClientFrame.FeaturePost _ -> Optional.empty();
      case ClientFrame.Send send ->
          send.replyTo().orElse(1) < 1
              ? bad("replyTo", "must be positive")
              : send.files()
                  .flatMap(files -> files(files, mostFiles))
                  .or(() -> body(send, bodyBytes));
      case ClientFrame.Edit edit ->
          edit.target() < 1 ? bad("target", "must be positive") : body(edit.body(), bodyBytes);
      case ClientFrame.Redact redact ->
          redact.target() < 1
              ? bad("target", "must be positive")
              : redact.reason().flatMap(FrameRules::reason);
    };
  }

  static Optional<Objection> objection(ClientFrame.History asked) {
    if (!isId(asked.id())) return bad("id", ID_RULE);
    if (asked.before().isPresent() && asked.after().isPresent())
      return bad("before", "cannot be combined with 'after'");
    if (asked.before().orElse(1) < 1) return bad("before", "must be positive");
    if (asked.after().orElse(0) < 0) return bad("after", "must not be negative");
    return asked.limit().orElse(1) < 1 ? bad("limit", "must be positive") : Optional.empty();
  }

  static boolean isId(String id) {
    return Ids.isId(id);
  }

  private static Optional<Objection> files(List<String> ids, int most) {
    if (ids.size() > most)
      return bad("files", "must have at most " + most + " ids, and none on a server without files");
    if (Set.copyOf(ids).size() < ids.size()) return bad("files", "must not repeat an id");
    return ids.stream().allMatch(FrameRules::isId)
        ? Optional.empty()
        : bad("files", "must be a list of ids");
  }

  /// A message with files needs no text.
  private static Optional<Objection> body(ClientFrame.Send send, int most) {
    var hasFiles = !send.files().orElse(List.of()).isEmpty();
    return hasFiles && Names.isBlank(send.body())
        ? tooLong(send.body(), most)
        : body(send.body(), most);
  }

  private static Optional<Objection> body(String body, int most) {
    if (Names.isBlank(body))
      return Optional.of(new Objection(Code.EMPTY_BODY, "The body is blank."));
    return tooLong(body, most);
  }

  private static Optional<Objection> tooLong(String body, int most) {
    if (body.length() > most || body.getBytes(StandardCharsets.UTF_8).length > most)
      return Optional.of(
          new Objection(Code.BODY_TOO_LONG, "The body has more than " + most + " bytes."));
    return Optional.empty();
  }

  private static Optional<Objection> reason(String reason) {
    var most = Lengths.VERSION_1.reason();
    return Lengths.isWithin(reason, most)
        ? Optional.empty()
        : bad("reason", "must have at most " + most + " characters");
  }

  private static Optional<Objection> bad(String field, String rule) {
    return Objection.badField(field, rule);
  }
}

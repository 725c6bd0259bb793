package kith.terminal.plain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import kith.protocol.frame.ClientFrame;
import kith.terminal.model.Pins;
import kith.terminal.model.Reactions;
import kith.terminal.net.RefusedPost;

/// The user's own posts that have no answer yet or were refused. Answers are lines to print.
final class OwnPosts {
  private static final int MAX_WAITING = 500;
  private static final int MAX_LISTED = 5;

  private final Map<String, ClientFrame.Post> unanswered = new LinkedHashMap<>();
  private final Set<String> ackedBeforeEntry = new HashSet<>();
  private final Map<String, RefusedPost> refused = new LinkedHashMap<>();
  private boolean hasExplainedRefusals;

  boolean isFull() {
    return unanswered.size() >= MAX_WAITING;
  }

  void add(ClientFrame.Post post) {
    unanswered.put(post.id(), post);
  }

  Collection<ClientFrame.Post> unanswered() {
    return Collections.unmodifiableCollection(unanswered.values());
  }

  /// Whether the entry of this post is on the screen since it was typed. True once for a post that
  /// was acknowledged before its entry arrived.
  boolean isTypedHere(String id) {
    return unanswered.containsKey(id) || ackedBeforeEntry.remove(id);
  }

  String sent(ClientFrame.Post post, long seq) {
    if (unanswered.remove(post.id()) == null)
      return "✓ #" + seq + " (written earlier) " + summary(post);
    if (ackedBeforeEntry.size() < MAX_WAITING) ackedBeforeEntry.add(post.id());
    return "✓ #" + seq;
  }

  List<String> failed(RefusedPost it, String code) {
    unanswered.remove(it.post().id());
    var lines = new ArrayList<String>();
    lines.add(
        "✗ not sent ("
            + Sanitizer.line(code)
            + "): "
            + Sanitizer.line(it.why())
            + " — "
            + summary(it.post()));
    if (!hasExplainedRefusals) lines.add("-- /retry sends it again, /drop drops it");
    hasExplainedRefusals = true;
    refuse(it);
    return lines;
  }

  /// Posts that do not fit stay on disk until the next start.
  private void refuse(RefusedPost post) {
    if (refused.size() < MAX_WAITING) refused.put(post.post().id(), post);
  }

  /// @param posts of an earlier run
  /// @param where a room's name as it is printed before an entry
  List<String> restore(List<RefusedPost> posts, UnaryOperator<String> where) {
    posts.forEach(this::refuse);
    var lines = new ArrayList<String>();
    for (var it : posts.stream().limit(MAX_LISTED).toList())
      lines.add(
          "✗ not sent earlier: "
              + Sanitizer.line(it.why())
              + " — "
              + where.apply(it.post().room())
              + summary(it.post()));
    if (posts.size() > MAX_LISTED) lines.add("-- and " + (posts.size() - MAX_LISTED) + " more");
    if (!posts.isEmpty())
      lines.add("-- /retry sends the oldest one of the room again, /drop drops it");
    hasExplainedRefusals |= !posts.isEmpty();
    return lines;
  }

  /// Removes the oldest refused post of a room.
  Optional<ClientFrame.Post> takeRefused(String room) {
    var oldest =
        refused.values().stream()
            .map(RefusedPost::post)
            .filter(it -> it.room().equals(room))
            .findFirst();
    oldest.ifPresent(it -> refused.remove(it.id()));
    return oldest;
  }

  static String summary(ClientFrame.Post post) {
    return switch (post) {
      case ClientFrame.Send send -> Sanitizer.line(send.body());
      case ClientFrame.Edit edit -> "/edit " + edit.target() + " " + Sanitizer.line(edit.body());
      case ClientFrame.Redact redact -> "/redact " + redact.target();
      case ClientFrame.React react -> Sanitizer.line(Reactions.command(react));
      case ClientFrame.Pin pin -> Pins.command(pin);
      case ClientFrame.FeaturePost _ -> "a post";
    };
  }
}

package kith.node.core.room;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kith.node.feature.directory.RoomDirectory;
import kith.node.feature.inbox.RoomSummary;
import kith.node.feature.mentions.MentionIndex;
import kith.node.feature.receipts.ReceiptLog;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.RoomMetrics;

/// What a room needs of the world around it.
///
/// @param expelled told the user and the room when a member was made to leave
/// @param news told the room's headline whenever it has changed
public record RoomContext(
    NodeSettings.Rooms settings,
    Clock clock,
    RoomLog log,
    RoomDirectory directory,
    Passcodes passcodes,
    BiConsumer<String, String> expelled,
    RoomMetrics metrics,
    Consumer<RoomSummary> news,
    MentionIndex mentions,
    ReceiptLog receipts) {

  /// Slow hashing, off the actors' threads.
  public interface Passcodes {
    CompletionStage<String> hash(String passcode);

    CompletionStage<Boolean> matches(String passcode, String hash);
  }

  RoomState.Bounds bounds() {
    var ids = settings.idempotency();
    return new RoomState.Bounds(
        settings.members(),
        settings.bans(),
        settings.invitations(),
        new RecentPosts.Window(ids.posts(), ids.most(), ids.age()));
  }

  /// Member counts in the directory may be this old: a room that many join at once is written once.
  public Duration indexDelay() {
    return Duration.ofSeconds(1);
  }
}

package kith.node.feature.moderation;

import static kith.node.core.room.RoomHistory.NOW;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.RoomPart;

/// The moderation of a room that has no mutes and no reports.
public final class TestModeration {
  private TestModeration() {}

  public static RoomPart.Factory part() {
    return new RoomModeration.Factory(
        new NoMutes(),
        _ -> CompletableFuture.completedFuture(Map.of()),
        (_, _, _, _, _) -> {},
        () -> {},
        _ -> {},
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private record NoMutes() implements MuteStore {
    @Override
    public CompletionStage<List<Mute>> ofRoom(String room, Instant now) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Boolean> put(String room, Mute mute) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletionStage<Boolean> remove(String room, String user) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Integer> removeAll(String room) {
      return CompletableFuture.completedFuture(0);
    }
  }
}

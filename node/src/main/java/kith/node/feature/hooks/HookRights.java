package kith.node.feature.hooks;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.Carrier.Step;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.CourierTable.Place;
import kith.node.feature.courier.Target;
import kith.protocol.Code;
import kith.protocol.Role;

/// Whether a webhook may be sent entries of a room now: it has not changed since it was read, and
/// its creator owns the room.
interface HookRights {
  /// The step to take instead of sending; empty if it may be sent.
  CompletionStage<Optional<Step>> objection(Target target, Place place);

  /// Asks the database, the room and the account.
  record Asked(Rooms rooms, Accounts accounts, CourierTable table, HookPlaces places)
      implements HookRights {

    @Override
    public CompletionStage<Optional<Step>> objection(Target target, Place place) {
      return table
          .isCurrent(target)
          .thenCompose(
              isCurrent -> isCurrent ? ofRoom(target, place) : object(new Carrier.Changed()));
    }

    private CompletionStage<Optional<Step>> ofRoom(Target target, Place place) {
      return rooms
          .look(place.room(), new RoomView.Description(target.account()))
          .thenCompose(answer ->
              switch (answer) {
                case RoomView.Described(_, var role, _, _)
                    when role.filter(it -> it.isAtLeast(Role.OWNER)).isPresent() ->
                    ofAccount(target);
                case RoomView.Denied(var code) when code == Code.UNAVAILABLE -> silent("room");
                case RoomView.Denied(var code) when code == Code.ROOM_DELETED ->
                    lost(target, place, HookCarrier.ROOM_DELETED);
                case RoomView.Answer ignored ->
                    lost(target, place, "Its creator no longer owns the room.");
              });
    }

    private CompletionStage<Optional<Step>> lost(Target target, Place place, String reason) {
      return places.lost(target, place, reason).thenApply(Optional::of);
    }

    private CompletionStage<Optional<Step>> ofAccount(Target target) {
      return accounts
          .serverRole(target.account())
          .thenCompose(answer -> {
            if (answer.isEmpty()) return silent("account");
            if (!answer.get().exists())
              return object(new Carrier.Ended("The account of its creator was deleted."));
            return answer.get().disabled()
                ? object(Carrier.Failed.because("The account of its creator is disabled."))
                : CompletableFuture.completedFuture(Optional.empty());
          });
    }

    private static CompletionStage<Optional<Step>> object(Step step) {
      return CompletableFuture.completedFuture(Optional.of(step));
    }

    private static CompletionStage<Optional<Step>> silent(String what) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The " + what + " did not answer"));
    }
  }
}

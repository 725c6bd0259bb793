package kith.node.feature.hooks;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.Carrier.Changed;
import kith.node.feature.courier.Carrier.Delivered;
import kith.node.feature.courier.Carrier.Passed;
import kith.node.feature.courier.Carrier.Step;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.CourierTable.Place;
import kith.node.feature.courier.Target;

/// The place where a webhook continues: in its room, or in one of the rooms of its creator.
interface HookPlaces {
  /// The place of its next entries; empty if there are none.
  CompletionStage<Optional<Place>> next(Target target);

  /// Moves the position that a step changes, if it is another one than that of the target.
  ///
  /// @return the position that its courier stores
  CompletionStage<Step> moved(Target target, Place place, Step step);

  /// Its creator no longer owns that room.
  CompletionStage<Step> lost(Target target, Place place, String reason);

  /// The place of a webhook for one room.
  record OfRoom() implements HookPlaces {
    @Override
    public CompletionStage<Optional<Place>> next(Target target) {
      return done(Optional.of(new Place(target.room(), target.position())));
    }

    @Override
    public CompletionStage<Step> moved(Target target, Place place, Step step) {
      return done(step);
    }

    @Override
    public CompletionStage<Step> lost(Target target, Place place, String reason) {
      return done(new Carrier.Ended(reason));
    }
  }

  /// The places of a webhook for all rooms of an account: a position in each room, which is moved
  /// here. Its courier has only one, which stays.
  record OfAccount(CourierTable table) implements HookPlaces {
    @Override
    public CompletionStage<Optional<Place>> next(Target target) {
      return table.nextPlace(target.id());
    }

    @Override
    public CompletionStage<Step> moved(Target target, Place place, Step step) {
      return switch (step) {
        case Passed(var to) -> moved(target, place, to, new Passed(target.position()));
        case Delivered(var to, var then) ->
            moved(target, place, to, new Delivered(target.position(), then));
        case Step other -> done(other);
      };
    }

    private CompletionStage<Step> moved(Target target, Place place, long to, Step step) {
      return table
          .movePlace(target.id(), place, to)
          .thenApply(isMoved -> isMoved ? step : new Changed());
    }

    /// The other rooms remain.
    @Override
    public CompletionStage<Step> lost(Target target, Place place, String reason) {
      return table.leavePlace(target.id(), place).thenApply(_ -> new Changed());
    }
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}

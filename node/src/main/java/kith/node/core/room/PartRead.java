package kith.node.core.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// A read of a room's part, which is repeated until it succeeds.
///
/// @param result makes the part's command from the rows
record PartRead<T>(
    Supplier<CompletionStage<T>> read, Function<T, ? extends Room.PartCommand> result) {}

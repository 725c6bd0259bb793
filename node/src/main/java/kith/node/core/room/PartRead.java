package kith.node.core.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// A read of a room's part, which is repeated until it succeeds.
///
/// @param result the command of the part that carries what was read
record PartRead<T>(
    Supplier<CompletionStage<T>> read, Function<T, ? extends Room.PartCommand> result) {}

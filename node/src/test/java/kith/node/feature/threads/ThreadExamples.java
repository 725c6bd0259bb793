package kith.node.feature.threads;

import java.util.List;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;

/// What nodes send each other of threads.
public final class ThreadExamples {
  private ThreadExamples() {}

  public static List<CborSerializable> all() {
    return List.of(
        new ThreadNews.FromNode(
            List.of(
                new ThreadNews.Change("r1", 17, Optional.empty()),
                new ThreadNews.Change("r1", 17, Optional.of("ann")))));
  }
}

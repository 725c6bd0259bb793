package kith.node.feature.threads;

import java.util.List;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;

/// The messages about threads between nodes.
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

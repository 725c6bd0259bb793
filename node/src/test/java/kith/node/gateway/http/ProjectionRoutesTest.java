package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import kith.node.core.room.ProjectionRebuild;
import org.junit.jupiter.api.Test;

/// The lines that `kith rebuild` prints.
class ProjectionRoutesTest {

  @Test
  void aLineCountsRoomsInSingularAndPlural() {
    assertThat(line(0, 0)).isEqualTo("0 rooms\n");
    assertThat(line(1, 0)).isEqualTo("1 room\n");
    assertThat(line(7, 2)).isEqualTo("7 rooms, 2 failed\n");
  }

  private static String line(long rooms, long failed) {
    return ProjectionRoutes.line(new ProjectionRebuild.Progress(rooms, failed));
  }
}

package kith.terminal.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The training of the launcher shows the same screen as a start.
class TrainingTest {

  @Test
  void theScreenOfTheTrainingShowsItsRoom(@TempDir Path directory) throws Exception {
    assertThat(Training.usesTheScreen(directory)).isTrue();
  }

  @Test
  void theServerOfTheTrainingSendsValidFrames() throws Exception {
    for (var frame : Training.frames())
      assertThat(Json.text(Json.serverFrame(frame))).as(frame).isNotEmpty();
  }
}

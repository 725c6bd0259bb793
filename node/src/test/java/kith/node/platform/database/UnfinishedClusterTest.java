package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedClusterTest {
  @Test
  void theInitdbOfAKilledProcessEndsBeforeItsFilesAreDeleted(@TempDir Path home)
      throws IOException, InterruptedException {
    var restoring = Files.createDirectory(home.toRealPath().resolve("restoring"));
    var cluster = restoring.resolve("cluster.new");
    var initdb =
        new ProcessBuilder(
                "sh",
                "-c",
                "while mkdir -p \"$0/base/$((i = i + 1))\"; do :; done",
                cluster.toString(),
                "--pgdata=" + cluster)
            .start();
    try {
      while (!Files.exists(cluster))
        assertThat(initdb.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();

      UnfinishedCluster.delete(restoring);

      assertThat(initdb.isAlive()).isFalse();
      assertThat(restoring).doesNotExist();
    } finally {
      initdb.destroyForcibly();
    }
  }
}

package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import kith.node.platform.config.ClusterIntervals;

/// The directory of a cluster that a killed process was creating. Its initdb may still run: it
/// would write among the files of the next one.
final class UnfinishedCluster {
  private UnfinishedCluster() {}

  /// Ends the initdb of this directory, or of one below it, and deletes the directory.
  static void delete(Path directory) throws IOException {
    var option = "--pgdata=" + directory.toRealPath();
    ProcessHandle.allProcesses()
        .filter(process -> hasArgument(process, option))
        .forEach(UnfinishedCluster::end);
    long deadline = System.nanoTime() + ClusterIntervals.UNFINISHED_CLUSTER.toNanos();
    while (Files.exists(directory)) {
      try {
        PostgresBinaries.deleteTree(directory);
      } catch (DirectoryNotEmptyException | NoSuchFileException changing) {
        // the server that initdb has started ends when its input does
        if (System.nanoTime() - deadline > 0) throw changing;
        EmbeddedPostgres.pause(ClusterIntervals.POSTGRES_CHECK);
      }
    }
  }

  private static boolean hasArgument(ProcessHandle process, String option) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch(it -> it.equals(option) || it.startsWith(option + "/"));
  }

  private static void end(ProcessHandle initdb) {
    initdb.destroyForcibly();
    initdb.onExit().join();
  }
}

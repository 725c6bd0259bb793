package kith.bench;

import java.util.Map;

/// The metrics of messages during transfers of files.
///
/// @param files the kind of the transfers
/// @param upMiB and `downMiB` the bytes that passed
record FilePhase(
    String files,
    int seconds,
    double upMiB,
    double downMiB,
    Map<String, Double> metrics,
    double nodeMillisPerMiB,
    double postgresMillisPerMiB) {

  /// @param quiet the metrics of the same messages without files
  static FilePhase of(
      String files, int seconds, FileTraffic.Passed passed, Metrics metrics, Metrics quiet) {
    var up = passed.up() / (double) (1 << 20);
    var down = passed.down() / (double) (1 << 20);
    return new FilePhase(
        files,
        seconds,
        up,
        down,
        metrics.byKey(),
        millisPerMiB(Metric.NODE_CORES, metrics, quiet, seconds, up + down),
        millisPerMiB(Metric.POSTGRES_CORES, metrics, quiet, seconds, up + down));
  }

  /// CPU time above that of the messages; not a number if no files passed, or if it is not known.
  private static double millisPerMiB(
      Metric cores, Metrics metrics, Metrics quiet, int seconds, double mebibytes) {
    return mebibytes == 0
        ? Double.NaN
        : (metrics.get(cores) - quiet.get(cores)) * seconds * 1000 / mebibytes;
  }

  double get(Metric metric) {
    return metrics.getOrDefault(metric.key, Double.NaN);
  }
}

package kith.node.platform.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The metrics as text, in the format that the reader requests: OpenMetrics, or the older
/// Prometheus format.
public final class Exposition {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /// @param type as in `Content-Type`
  public record Text(String type, byte[] bytes) {}

  Exposition(PrometheusRegistry registry) {
    this.registry = registry;
  }

  public Text text(Optional<String> accept) {
    var writer = formats.findWriter(accept.orElse(""));
    var bytes = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(bytes, registry.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Text(writer.getContentType(), bytes.toByteArray());
  }
}

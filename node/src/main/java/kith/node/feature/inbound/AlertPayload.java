package kith.node.feature.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.config.Portions;

/// The payload of an Alertmanager webhook, or of Grafana's, which has more fields, as plain text.
final class AlertPayload {
  private static final String NAME = "alertname";

  private AlertPayload() {}

  static String text(JsonNode payload) {
    var lines = new ArrayList<String>();
    lines.add(title(payload));
    var alerts = payload.path("alerts");
    for (int i = 0; i < alerts.size() && i < Portions.PAYLOAD_PARTS; i++)
      lines.addAll(alert(alerts.get(i)));
    var left =
        Math.max(0, alerts.size() - Portions.PAYLOAD_PARTS)
            + payload.path("truncatedAlerts").asInt();
    if (left > 0) lines.add("… and %d more".formatted(left));
    return String.join("\n", lines);
  }

  private static String title(JsonNode payload) {
    var given = Payloads.text(payload, "title");
    if (!given.isEmpty()) return given;
    var status = Payloads.text(payload, "status").toUpperCase(Locale.ROOT);
    var group = values(payload.path("groupLabels"), Set.of());
    var about = group.isEmpty() ? Payloads.text(payload.path("commonLabels"), NAME) : group;
    return "[%s:%d] %s".formatted(status, payload.path("alerts").size(), about).strip();
  }

  private static List<String> alert(JsonNode alert) {
    var labels = alert.path("labels");
    var lines = new ArrayList<String>();
    lines.add(
        "- %s: %s"
            .formatted(
                Payloads.text(alert, "status"),
                Stream.of(Payloads.text(labels, NAME), summary(alert.path("annotations")))
                    .filter(it -> !it.isEmpty())
                    .collect(Collectors.joining(": "))));
    var rest = pairs(labels, Set.of(NAME));
    if (!rest.isEmpty()) lines.add("  " + rest);
    var measured = pairs(alert.path("values"), Set.of());
    if (!measured.isEmpty()) lines.add("  " + measured);
    link(alert).ifPresent(it -> lines.add("  " + it));
    return lines;
  }

  private static String summary(JsonNode annotations) {
    return Stream.of("summary", "description", "message")
        .map(it -> Payloads.text(annotations, it))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> link(JsonNode alert) {
    return Stream.of("panelURL", "dashboardURL", "generatorURL")
        .map(it -> Payloads.text(alert, it))
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  private static String values(JsonNode object, Set<String> without) {
    return object.properties().stream()
        .filter(it -> !without.contains(it.getKey()))
        .map(it -> it.getValue().asText())
        .collect(Collectors.joining(" "));
  }

  private static String pairs(JsonNode object, Set<String> without) {
    return object.properties().stream()
        .filter(it -> !without.contains(it.getKey()))
        .map(it -> it.getKey() + "=" + it.getValue().asText())
        .collect(Collectors.joining(" "));
  }
}

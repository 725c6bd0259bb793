package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kith.node.TestNode;
import kith.node.person.Rest;
import kith.node.platform.metrics.OpenMetricsText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compares the dashboard of Kith with the metrics that a node serves.
@Tag("story")
class DashboardTest {
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:kith|jvm|process)_[a-z0-9_]+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)(?:=~|=)\"[^\"]*\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

  /// Labels that Prometheus adds to each sample, and the label of a histogram's buckets.
  private static final Set<String> ADDED = Set.of("job", "instance", "le");

  private final JsonNode dashboard;

  DashboardTest() throws IOException {
    dashboard =
        new ObjectMapper()
            .readTree(Files.readString(Path.of("..", "docker", "grafana-dashboard.json")));
  }

  private List<JsonNode> panels() {
    var panels = new ArrayList<JsonNode>();
    dashboard.get("panels").forEach(panels::add);
    return panels;
  }

  private List<String> queries() {
    return panels().stream().flatMap(panel -> panel.findValuesAsText("expr").stream()).toList();
  }

  @Test
  void everyQueriedMetricAndLabelExists() throws Exception {
    var labelsByName = labelsByName();
    var unknown = new TreeSet<String>();
    for (var query : queries()) {
      var labels = new TreeSet<String>();
      GROUPING.matcher(query).results().forEach(it -> labels.addAll(words(it.group(1))));
      var selectors = SELECTOR.matcher(query).results().toList();
      assertThat(selectors.size() + (query.contains("up{") ? 1 : 0)).as(query).isPositive();
      for (var selector : selectors) {
        var known = labelsByName.get(selector.group(1));
        if (selector.group(2) != null)
          LABEL.matcher(selector.group(2)).results().forEach(it -> labels.add(it.group(1)));
        labels.removeAll(ADDED);
        if (known == null || !known.containsAll(labels)) unknown.add(query);
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<String> words(String list) {
    return Pattern.compile("\\w+").matcher(list).results().map(it -> it.group()).toList();
  }

  private static Map<String, Set<String>> labelsByName() throws Exception {
    try (var node = TestNode.start()) {
      var request =
          HttpRequest.newBuilder(node.uri("/metrics"))
              .header("Accept", "application/openmetrics-text")
              .build();
      var text = Rest.CLIENT.send(request, BodyHandlers.ofString()).body();
      var labels = new HashMap<String, Set<String>>();
      for (var family : OpenMetricsText.read(text).families())
        for (var sample : family.samples())
          labels
              .computeIfAbsent(sample.name(), _ -> new HashSet<>())
              .addAll(sample.labels().keySet());
      return labels;
    }
  }

  @Test
  void theDashboardHasARowForEachPartOfTheNode() {
    assertThat(panels())
        .filteredOn(panel -> panel.get("type").asText().equals("row"))
        .extracting(panel -> panel.get("title").asText())
        .containsExactly(
            "Traffic",
            "Latency",
            "Rooms and sockets",
            "Refusals",
            "Database and journal",
            "JVM",
            "Cluster");
  }

  @Test
  void everyPanelUsesTheSelectedDataSource() {
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    for (var panel : panels())
      for (var source : panel.findValues("datasource"))
        assertThat(source.get("uid").asText()).isEqualTo("${datasource}");
  }

  @Test
  void panelsHaveUniqueIdsAndDoNotOverlap() {
    var ids = panels().stream().map(panel -> panel.get("id").asInt()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    var cells = new HashSet<String>();
    for (var panel : panels()) {
      var place = panel.get("gridPos");
      for (var x = 0; x < place.get("w").asInt(); x++)
        for (var y = 0; y < place.get("h").asInt(); y++) {
          var column = place.get("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(cells.add(column + "," + (place.get("y").asInt() + y)))
              .as(panel.get("title").asText())
              .isTrue();
        }
    }
  }
}

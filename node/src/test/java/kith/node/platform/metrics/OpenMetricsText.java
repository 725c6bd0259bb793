package kith.node.platform.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict reader of the OpenMetrics 1.0 text format: a violation of the standard is an
/// `AssertionError` that shows the line.
public final class OpenMetricsText {
  private static final Pattern DESCRIPTOR =
      Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: (\\S+))?");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");
  private static final Map<String, Set<String>> SUFFIXES =
      Map.of(
          "counter", Set.of("_total", "_created"),
          "gauge", Set.of(""),
          "info", Set.of("_info"),
          "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
          "summary", Set.of("", "_count", "_sum", "_created"));

  /// A metric family: all samples of one name.
  public static final class Family {
    final String name;
    final Map<String, String> descriptors = new HashMap<>();
    final List<Sample> samples = new ArrayList<>();

    Family(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    public List<Sample> samples() {
      return List.copyOf(samples);
    }

    public String type() {
      return descriptors.getOrDefault("TYPE", "unknown");
    }

    public Optional<String> unit() {
      return Optional.ofNullable(descriptors.get("UNIT"));
    }

    public Optional<String> help() {
      return Optional.ofNullable(descriptors.get("HELP"));
    }
  }

  public record Sample(String name, Map<String, String> labels, double value) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  public static OpenMetricsText read(String text) {
    if (!text.endsWith("\n# EOF\n")) throw new AssertionError("It does not end in # EOF.");
    var read = new OpenMetricsText();
    Family current = new Family("");
    for (var line : text.substring(0, text.length() - "# EOF\n".length()).lines().toList())
      current = read.line(current, line);
    read.families.values().forEach(OpenMetricsText::check);
    return read;
  }

  public List<Family> families() {
    return List.copyOf(families.values());
  }

  /// The value of one sample, with exactly these labels in order: name, value, name, value.
  public double value(String name, String... labels) {
    var wanted = new TreeMap<String, String>();
    for (var i = 0; i < labels.length; i += 2) wanted.put(labels[i], labels[i + 1]);
    return samples(name).stream()
        .filter(sample -> sample.labels().equals(wanted))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + name + wanted));
  }

  public List<Sample> samples(String name) {
    return families.values().stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name().equals(name))
        .toList();
  }

  private Family line(Family current, String line) {
    var descriptor = DESCRIPTOR.matcher(line);
    if (descriptor.matches()) return describe(current, descriptor, line);
    var sample = SAMPLE.matcher(line);
    if (!sample.matches() || !sample.group(1).startsWith(current.name))
      throw new AssertionError(
          "The line is neither a descriptor nor a sample of " + current.name + ": " + line);
    add(current, sample, line);
    return current;
  }

  private Family describe(Family current, Matcher line, String whole) {
    var name = line.group(2);
    var family = current;
    if (!name.equals(current.name)) {
      family = new Family(name);
      if (families.put(name, family) != null)
        throw new AssertionError("Families must not be interleaved: " + whole);
    }
    if (!family.samples.isEmpty() || family.descriptors.put(line.group(1), line.group(3)) != null)
      throw new AssertionError("A family has one descriptor, before its samples: " + whole);
    return family;
  }

  private static void add(Family family, Matcher line, String whole) {
    var suffix = line.group(1).substring(family.name.length());
    if (!SUFFIXES.getOrDefault(family.type(), Set.of()).contains(suffix))
      throw new AssertionError("A " + family.type() + " has no sample like this: " + whole);
    var labels = labels(Optional.ofNullable(line.group(2)).orElse(""), whole);
    var sample = new Sample(line.group(1), labels, number(line.group(3)));
    for (var other : family.samples)
      if (other.name().equals(sample.name()) && other.labels().equals(labels))
        throw new AssertionError("The sample is repeated: " + whole);
    if (family.type().equals("counter") && !(sample.value() >= 0))
      throw new AssertionError("A counter must not be negative: " + whole);
    family.samples.add(sample);
  }

  private static Map<String, String> labels(String text, String line) {
    var labels = new TreeMap<String, String>();
    var matcher = LABEL.matcher(text);
    var end = 0;
    while (end < text.length() && matcher.find()) {
      if (labels.put(matcher.group(1), matcher.group(2)) != null)
        throw new AssertionError("The label is repeated: " + line);
      end = matcher.end();
    }
    if (end != text.length()) throw new AssertionError("Wrong labels: " + line);
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case String other -> Double.parseDouble(other);
    };
  }

  private static void check(Family family) {
    if (family.help().isEmpty()) throw new AssertionError(family.name + " has no help.");
    family
        .unit()
        .ifPresent(unit -> {
          if (!family.name.endsWith("_" + unit))
            throw new AssertionError(family.name + " must end in its unit " + unit);
        });
    if (family.type().equals("histogram")) checkBuckets(family);
  }

  private static void checkBuckets(Family family) {
    var count = -1.0;
    var bound = Double.NEGATIVE_INFINITY;
    for (var sample : family.samples) {
      if (!sample.name().endsWith("_bucket")) continue;
      var next = number(Optional.ofNullable(sample.labels().get("le")).orElseThrow());
      if (next <= bound || sample.value() < count)
        throw new AssertionError("Buckets must be in ascending order: " + family.name);
      bound = next;
      count = sample.value();
    }
    var total = count;
    var isWhole =
        bound == Double.POSITIVE_INFINITY
            && family.samples.stream()
                .anyMatch(it -> it.name().endsWith("_count") && it.value() == total);
    if (!isWhole) throw new AssertionError("The last bucket must equal the count: " + family.name);
  }
}

package kith.node.story;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A text file with the answer that a request of each role gets.
///
/// A rule has a line for each answer, with the roles that get it. A route has its rule and the
/// answer for the roles that are `allowed`.
///
/// @param rules the answer of each role, by name of the rule
record RouteTable(List<String> roles, Map<String, Map<String, String>> rules, List<Route> routes) {
  private static final String ALLOWED = "allowed";

  /// Whom a request that succeeds leaves with nothing more to do.
  enum Ends {
    NOTHING,
    FOR_CALLER,
    FOR_ALL
  }

  /// @param answer to those who may make the request
  record Route(String method, String path, String rule, String answer, Ends ends) {
    String name() {
      return method + " " + path;
    }
  }

  static RouteTable read(String name) throws IOException {
    try (var file = Objects.requireNonNull(RouteTable.class.getResourceAsStream(name))) {
      return read(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static RouteTable read(List<String> lines) {
    var roles = new ArrayList<String>();
    var usual = new HashMap<String, String>();
    var rules = new HashMap<String, Map<String, String>>();
    var routes = new ArrayList<Route>();
    var answers = usual;
    for (var line : lines) {
      var words = List.of(line.strip().split("\\s+"));
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith(" ")) {
        for (var role : words.subList(1, words.size())) {
          if (!roles.contains(role)) throw new AssertionError("no role: " + line);
          answers.put(role, words.getFirst());
        }
      } else if (words.getFirst().equals("roles")) {
        roles.addAll(words.subList(1, words.size()));
      } else if (words.getFirst().equals("rule")) {
        answers = new HashMap<>(usual);
        rules.put(words.get(1), answers);
      } else {
        if (!rules.containsKey(words.get(2))) throw new AssertionError("no rule: " + line);
        routes.add(
            new Route(
                words.get(0), words.get(1), words.get(2), words.get(3), ends(words.getLast())));
      }
    }
    return new RouteTable(List.copyOf(roles), rules, List.copyOf(routes));
  }

  private static Ends ends(String mark) {
    return switch (mark) {
      case "!" -> Ends.FOR_CALLER;
      case "!!" -> Ends.FOR_ALL;
      default -> Ends.NOTHING;
    };
  }

  String expected(Route route, String role) {
    var answer = rules.getOrDefault(route.rule(), Map.of()).getOrDefault(role, ALLOWED);
    return answer.equals(ALLOWED) ? route.answer() : answer;
  }
}

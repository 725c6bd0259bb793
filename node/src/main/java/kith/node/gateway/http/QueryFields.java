package kith.node.gateway.http;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import kith.node.platform.config.Portions;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;

/// The query parameters of a request, after validation.
public record QueryFields(Map<String, String> values) {

  // more digits than any seq has, few enough not to overflow
  private static final int MOST_DIGITS = 18;

  /// Numbers that are at least 1, like those of the socket.
  private static final Set<String> POSITIVE = Set.of("limit", "before", "days", "entries", "bytes");

  /// Runs `inner` with the fields if they are valid, of which those in `numbers` are numbers;
  /// otherwise refuses with the name of a wrong field.
  public static Route read(Set<String> numbers, Function<QueryFields, Route> inner) {
    return Directives.parameterMap(values ->
        values.entrySet().stream()
            .filter(field ->
                isWrong(field.getValue(), numbers.contains(field.getKey()))
                    || (POSITIVE.contains(field.getKey()) && isZero(field.getValue())))
            .map(field -> WrongFields.route(shown(field.getKey())))
            .findFirst()
            .orElseGet(() -> inner.apply(new QueryFields(values))));
  }

  private static boolean isWrong(String value, boolean isNumber) {
    return isNumber ? !isNumber(value) : value.codePoints().anyMatch(Character::isISOControl);
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= MOST_DIGITS
        && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static boolean isZero(String value) {
    return value.chars().allMatch(digit -> digit == '0');
  }

  private static String shown(String name) {
    return name.matches("[a-z]{1,16}") ? name : "?";
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
  }

  public OptionalLong number(String name) {
    var value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
  }

  /// The page size.
  public int limit(int most) {
    return (int) Math.min(number("limit").orElse(Portions.USUAL_PAGE), most);
  }
}

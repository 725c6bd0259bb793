package kith.node.feature.push;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of the accounts that have a receiver, as this node last read them. A room reads it
/// after each commit.
final class PushIndex {
  private volatile Map<String, PushRules> rulesByAccount = Map.of();

  Set<String> accounts() {
    return rulesByAccount.keySet();
  }

  Optional<PushRules> rules(String account) {
    return Optional.ofNullable(rulesByAccount.get(account));
  }

  void read(Map<String, PushRules> rules) {
    rulesByAccount = Map.copyOf(rules);
  }
}

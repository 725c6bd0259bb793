package kith.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcPrivacyTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final PrivacySettings STRICT =
      new PrivacySettings(
          ShownTo.CONTACTS, ShownTo.NOBODY, false, Optional.of(ConversationsFrom.CONTACTS));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aPolicyIsReadAsItWasWritten() {
    var policy = new PrivacyPolicy(Set.of("eve", "mallory"), STRICT, 3);

    write(Map.of("ann", policy));

    assertThat(of("ann")).containsExactly(policy);
  }

  @Test
  void aHigherVersionReplacesTheSettingsAndTheBlockedUsers() {
    write(Map.of("bob", new PrivacyPolicy(Set.of("cem", "eve"), STRICT, 1)));
    var later = new PrivacyPolicy(Set.of("eve", "fay"), PrivacySettings.OPEN, 2);

    write(Map.of("bob", later));

    assertThat(of("bob")).containsExactly(later);
  }

  @Test
  void aLowerVersionChangesNothing() {
    var latest = new PrivacyPolicy(Set.of("eve"), STRICT, 2);
    write(Map.of("cem", latest));

    write(Map.of("cem", new PrivacyPolicy(Set.of("fay"), PrivacySettings.OPEN, 1)));

    assertThat(of("cem")).containsExactly(latest);
  }

  @Test
  void unblockingTheLastUserRemovesAllBlocks() {
    write(Map.of("dan", new PrivacyPolicy(Set.of("eve"), PrivacySettings.OPEN, 1)));
    var none = new PrivacyPolicy(Set.of(), PrivacySettings.OPEN, 2);

    write(Map.of("dan", none));

    assertThat(of("dan")).containsExactly(none);
  }

  @Test
  void aBatchHasManyAccounts() {
    var batch =
        IntStream.range(0, 300)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> "user" + i, i -> new PrivacyPolicy(Set.of("eve" + i, "fay"), STRICT, i)));
    write(Map.of("user7", new PrivacyPolicy(Set.of("gus"), STRICT, 99)));

    write(batch);

    assertThat(of("user7")).containsExactly(new PrivacyPolicy(Set.of("gus"), STRICT, 99));
    assertThat(of("user299")).containsExactlyElementsOf(List.of(batch.get("user299")));
  }

  private static void write(Map<String, PrivacyPolicy> batch) {
    DATABASE
        .jdbc()
        .inTransaction(connection -> JdbcPrivacy.write(connection, new TreeMap<>(batch)))
        .toCompletableFuture()
        .join();
  }

  private static List<PrivacyPolicy> of(String account) {
    return DATABASE
        .jdbc()
        .query(
            "SELECT " + JdbcPrivacy.COLUMNS + " FROM account_privacy WHERE account = ?",
            JdbcPrivacy::policy,
            account)
        .toCompletableFuture()
        .join();
  }
}

package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrongFieldsTest {
  @Test
  void aRefusedNameComesWithTheRuleForNames() {
    assertThat(WrongFields.sentence("name"))
        .startsWith("The field 'name' is not valid. Allowed: at most 64 characters,")
        .contains("invisible", "mixes scripts");
  }

  @Test
  void aFieldWithoutARuleIsNamed() {
    assertThat(WrongFields.sentence("before")).isEqualTo("The field 'before' is not valid.");
  }
}

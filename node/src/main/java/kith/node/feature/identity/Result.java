package kith.node.feature.identity;

import kith.node.core.account.Account.Refused;
import kith.protocol.Code;

/// Either a value or the reason why there is none.
sealed interface Result<T> {
  record Found<T>(T value) implements Result<T> {}

  record No<T>(Refused refused) implements Result<T> {}

  static <T> Result<T> no(Code code) {
    return new No<>(Refused.because(code));
  }
}

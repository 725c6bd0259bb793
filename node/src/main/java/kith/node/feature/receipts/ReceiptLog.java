package kith.node.feature.receipts;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// The stored receipts of rooms; about a second behind.
public interface ReceiptLog {
  CompletionStage<List<Receipt>> of(String room);
}

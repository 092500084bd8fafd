/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resources of the standard that headquarters serves, as data. A new one is a row here, and its shape in tai-hq-shapes.c. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-bill.h"

#define READ       HQ_METHOD_GET
#define MAKE       (HQ_METHOD_GET | HQ_METHOD_POST)
#define CHANGE     (HQ_METHOD_GET | HQ_METHOD_PATCH)
#define CHANGE_END (HQ_METHOD_GET | HQ_METHOD_PATCH | HQ_METHOD_DELETE)
#define PUT_END    (CHANGE_END | HQ_METHOD_PUT)
#define READ_END   (HQ_METHOD_GET | HQ_METHOD_DELETE)

#define CATALOGUE "/tmf-api/productCatalogManagement/v4"
#define RESOURCES "/tmf-api/resourceInventoryManagement/v4"
#define PREPAY    "/tmf-api/prepayBalanceManagement/v4"

#define LIMIT 100

/* What is loaded or written by partners and read by counters. */
#define CATALOGUE_PART(noun, type, ...)                                                                      \
  {                                                                                                          \
    .path = CATALOGUE "/" noun, .name = type, .on_list = MAKE, .on_one = CHANGE_END,                         \
    .intake = &hq_document_intake, .rows = {&hq_document_rows, __VA_ARGS__}, .limit = LIMIT,                 \
    .partners_write = TRUE, .required = "name", .fixed = "lastUpdate @type @baseType",                       \
    .given = "lifecycleStatus=Active lastUpdate~changed"                                                     \
  }
#define RESOURCE(noun, type, methods, must, ...)                                                             \
  {                                                                                                          \
    .path = RESOURCES "/" noun, .name = type, .on_list = MAKE, .on_one = methods,                            \
    .intake = &hq_document_intake, .rows = {&hq_document_rows, __VA_ARGS__}, .limit = LIMIT,                 \
    .partners_write = TRUE, .required = must, .given = "resourceStatus=available"                            \
  }
/* What another system does with balances. A document: money moves by orders alone. */
#define BALANCE_TASK(noun, type, ...)                                                                        \
  {                                                                                                          \
    .path = PREPAY "/" noun, .name = type, .on_list = MAKE, .on_one = CHANGE_END,                            \
    .intake = &hq_document_intake, .rows = {&hq_document_rows, __VA_ARGS__}, .limit = LIMIT,                 \
    .partners_write = TRUE, .required = "amount", .given = "status=acknowledged requestedDate~created",      \
    .state = "status", .line = "logicalResource.value", .line_names = "logicalResource.value",               \
    .is_personal = TRUE                                                                                      \
  }

/* The hot ones first. */
static const HqResourceType types[] = {
    {.path = TAI_PATH_ORDER,
     .name = "ProductOrder",
     .on_list = MAKE,
     .on_one = CHANGE,
     .intake = &hq_order_intake,
     .rows = {&hq_order_rows},
     .limit = LIMIT},
    {.path = TAI_PATH_PAYMENT,
     .name = "Payment",
     .on_list = MAKE,
     .on_one = READ,
     .intake = &hq_payment_intake,
     .rows = {&hq_payment_rows},
     .limit = LIMIT},
    {.path = TAI_PATH_CANCEL,
     .name = "CancelProductOrder",
     .on_list = MAKE,
     .on_one = READ,
     .intake = &hq_cancel_intake,
     .rows = {&hq_cancel_rows},
     .limit = LIMIT},
    {.path = TAI_PATH_OFFERING,
     .name = "ProductOffering",
     .on_list = MAKE,
     .on_one = CHANGE_END,
     .intake = &hq_document_intake,
     .rows = {&hq_offering_rows, &hq_document_rows},
     .limit = 1000,
     .partners_write = TRUE,
     .partners_read = TRUE,
     .version = "catalogue_etag",
     .required = "name",
     .fixed = "lastUpdate @type @baseType",
     .given = "lifecycleStatus=Active lastUpdate~changed"},
    CATALOGUE_PART ("catalog", "Catalog", NULL),
    CATALOGUE_PART ("category", "Category", NULL),
    CATALOGUE_PART ("productOfferingPrice", "ProductOfferingPrice", NULL),
    CATALOGUE_PART ("productSpecification", "ProductSpecification", &hq_specification_rows),
    {.path = TAI_PATH_REFUND,
     .name = "Refund",
     .on_list = MAKE,
     .on_one = READ,
     .intake = &hq_document_intake,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .required = "account paymentMethod totalAmount",
     .given = "status=done statusDate~moved refundDate~created",
     .external = "correlatorId",
     .is_personal = TRUE,
     .taken = hq_refund_take},
    {.path = "/tmf-api/troubleTicket/v4/troubleTicket",
     .name = "TroubleTicket",
     .on_list = MAKE,
     .on_one = CHANGE_END,
     .intake = &hq_document_intake,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .required = "description severity ticketType",
     .fixed = "creationDate lastUpdate statusChangeDate statusChange",
     .given = "status=acknowledged creationDate~created lastUpdate~changed statusChangeDate~moved",
     .state = "status",
     .edges =
         "acknowledged>inProgress,pending,held,rejected,cancelled inProgress>pending,held,resolved,closed,cancelled "
         "pending>inProgress,held,cancelled held>inProgress,pending,cancelled resolved>closed,inProgress",
     .external = "externalId",
     .is_personal = TRUE},
    {.path = "/tmf-api/partyInteraction/v4/partyInteraction",
     .name = "PartyInteraction",
     .on_list = MAKE,
     .on_one = CHANGE_END,
     .intake = &hq_document_intake,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .required = "interactionDate reason status direction channel",
     .fixed = "direction",
     .given = "status=opened creationDate~created statusChangeDate~moved",
     .state = "status",
     .is_personal = TRUE,
     .kits_omit = "interactionDate status"},
    {.path = "/tmf-api/customerManagement/v4/customer",
     .name = "Customer",
     .on_list = MAKE,
     .on_one = CHANGE_END,
     .intake = &hq_document_intake,
     .rows = {&hq_document_rows, &hq_line_customer_rows},
     .limit = LIMIT,
     .required = "engagedParty name",
     .given = "status=active",
     .state = "status",
     .is_personal = TRUE,
     .hidden = "contactMedium creditProfile paymentMethod"},
    {.path = TAI_PATH_PRODUCT,
     .name = "Product",
     .on_list = MAKE,
     .on_one = CHANGE_END,
     .intake = &hq_document_intake,
     .rows = {&hq_line_product_rows, &hq_document_rows},
     .limit = LIMIT,
     .partners_write = TRUE,
     .required = "status",
     .given = "productCharacteristic=[] productPrice=[] relatedParty=[]",
     .state = "status",
     .edges = "created>pendingActive,active,cancelled pendingActive>active,cancelled "
              "active>suspended,pendingTerminate,terminated suspended>active,pendingTerminate,terminated "
              "pendingTerminate>active,terminated",
     .end = "terminationDate",
     .line = "realizingResource.0.value",
     .line_names = "realizingResource.value",
     .of_owner = TRUE,
     .is_personal = TRUE},
    RESOURCE ("resource", "Resource", CHANGE_END, "name", &hq_stock_number_rows, &hq_stock_card_rows),
    RESOURCE ("logicalResource", "LogicalResource", PUT_END, NULL, &hq_stock_number_rows),
    RESOURCE ("physicalResource", "PhysicalResource", CHANGE_END, "name", &hq_stock_card_rows),
    {.path = TAI_PATH_BUCKET,
     .name = "Bucket",
     .on_list = MAKE,
     .on_one = READ_END,
     .intake = &hq_document_intake,
     .rows = {&hq_line_bucket_rows, &hq_document_rows},
     .limit = LIMIT,
     .partners_write = TRUE,
     .required = "usageType",
     .given = "status=active confirmationDate~created",
     .line = "logicalResource.0.value",
     .line_names = "logicalResource.value",
     .is_personal = TRUE},
    {.path = PREPAY "/accumulatedBalance",
     .name = "AccumulatedBalance",
     .on_list = READ,
     .on_one = READ,
     .rows = {&hq_line_balance_rows},
     .limit = LIMIT,
     .line_names = "logicalResource.value"},
    BALANCE_TASK ("topupBalance", "TopupBalance", &hq_top_up_rows),
    BALANCE_TASK ("adjustBalance", "AdjustBalance", NULL),
    BALANCE_TASK ("transferBalance", "TransferBalance", NULL),
    BALANCE_TASK ("reserveBalance", "ReserveBalance", NULL),
    {.path = TAI_PATH_BILL,
     .name = "CustomerBill",
     .on_list = READ,
     .on_one = CHANGE,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .partners_write = TRUE,
     .fixed =
         "billDate billNo category lastUpdate nextBillDate paymentDueDate runType amountDue appliedPayment billDocument "
         "billingAccount billingPeriod financialAccount paymentMethod relatedParty remainingAmount taxExcludedAmount "
         "taxIncludedAmount taxItem",
     .given = "state=new lastUpdate~changed",
     .state = "state",
     .edges =
         "new>onHold,validated,sent onHold>validated,sent validated>onHold,sent sent>onHold,partiallyPaid,settled "
         "partiallyPaid>settled",
     .line = "billingAccount.id",
     .line_names = "billingAccount.id",
     .of_owner = TRUE,
     .is_personal = TRUE},
    {.path = "/tmf-api/customerBillManagement/v4/customerBillOnDemand",
     .name = "CustomerBillOnDemand",
     .on_list = MAKE,
     .on_one = READ,
     .intake = &hq_document_intake,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .partners_write = TRUE,
     .given = "state=inProgress lastUpdate~changed",
     .fulfil = hq_bill_on_demand,
     .line = "billingAccount.id",
     .line_names = "billingAccount.id",
     .is_personal = TRUE},
    {.path = TAI_PATH_BILL_RATE,
     .name = "AppliedCustomerBillingRate",
     .on_list = READ,
     .on_one = READ,
     .rows = {&hq_document_rows},
     .limit = LIMIT,
     .line = "billingAccount.id",
     .line_names = "billingAccount.id",
     .of_owner = TRUE},
};

const HqResourceType *
hq_types_get (guint *n)
{
  *n = G_N_ELEMENTS (types);
  return types;
}

const HqResourceType *
hq_types_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      return &types[i];
  return NULL;
}

gboolean
hq_type_has_documents (const HqResourceType *self)
{
  for (guint i = 0; self->rows[i] != NULL; i++)
    if (self->rows[i] == &hq_document_rows)
      return TRUE;
  return FALSE;
}

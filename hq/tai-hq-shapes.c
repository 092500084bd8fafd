/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The attributes of the standard's resources, as data (docs/protocol.md names the versions): what they are called, what they
 * hold, which must be there. tests/hq/test-shapes.py holds every row against TM Forum's own files. A name that means different
 * things in two APIs has the API's number behind it.
 */
#include "tai-hq-shape.h"

/* clang-format off */
const HqShape hq_shapes[] = {
  {"AccountBalance", "balanceType:string! amount:Money! validFor:TimePeriod!"},
  {"AccountRef", "id:string href:string description:string name:string!"},
  {"AccountRef676", "id:string! href:string description:string name:string"},
  {"AdjustBalance", "adjustType:string confirmationDate:time description:string reason:string requestedDate:time "
   "status:string usageType:string amount:Quantity bucket:BucketRef channel:Ref impactedBucket:ImpactedBucket[] "
   "logicalResource:LogicalResourceRef partyAccount:PartyAccountRef product:Ref relatedParty:RelatedParty[] "
   "requestor:RelatedParty reserveBalance:Ref"},
  {"AgreementItemRef", "id:string! href:string agreementItemId:string name:string"},
  {"AppliedBillingRateCharacteristic", "name:string! valueType:string value:any!"},
  {"AppliedBillingTaxRate", "taxCategory:string taxRate:number taxAmount:Money"},
  {"AppliedCustomerBillingRate", "date:time description:string isBilled:bool name:string type:string "
   "appliedTax:AppliedBillingTaxRate[] bill:BillRef billingAccount:Ref "
   "characteristic:AppliedBillingRateCharacteristic[] periodCoverage:TimePeriod product:Ref taxExcludedAmount:Money "
   "taxIncludedAmount:Money"},
  {"AppliedPayment", "appliedAmount:Money payment:Ref"},
  {"AppointmentRef", "id:string! href:string description:string"},
  {"AttachmentRefOrValue", "id:string href:string attachmentType:string content:string description:string "
   "mimeType:string name:string url:string size:Quantity validFor:TimePeriod"},
  {"BillRef", "id:string! href:string"},
  {"Bucket", "description:string isShared:bool name:string remainingValueName:string status:string usageType:string "
   "logicalResource:LogicalResourceRef[] partyAccount:PartyAccountRef product:Ref[] relatedParty:RelatedParty[] "
   "remainingValue:Quantity reserveBalance:Ref[] reservedValue:Quantity validFor:TimePeriod"},
  {"BucketRef", "id:string! href:string name:string usageType:string"},
  {"BundledProductOffering", "id:string href:string lifecycleStatus:string name:string "
   "bundledProductOfferingOption:BundledProductOfferingOption"},
  {"BundledProductOfferingOption", "numberRelOfferDefault:int numberRelOfferLowerLimit:int "
   "numberRelOfferUpperLimit:int"},
  {"BundledProductOfferingPriceRelationship", "id:string href:string name:string"},
  {"BundledProductSpecification", "id:string href:string lifecycleStatus:string name:string"},
  {"Catalog", "catalogType:string description:string lastUpdate:time lifecycleStatus:string name:string "
   "version:string category:VersionRef[] relatedParty:RelatedParty[] validFor:TimePeriod"},
  {"Category", "description:string isRoot:bool lastUpdate:time lifecycleStatus:string name:string parentId:string "
   "version:string productOffering:Ref[] subCategory:VersionRef[] validFor:TimePeriod"},
  {"Characteristic", "name:string! valueType:string value:any!"},
  {"Characteristic639", "id:string name:string! valueType:string "
   "characteristicRelationship:CharacteristicRelationship[] value:any!"},
  {"CharacteristicRelationship", "id:string relationshipType:string"},
  {"CharacteristicValueSpecification", "isDefault:bool rangeInterval:string regex:string unitOfMeasure:string "
   "valueFrom:int valueTo:int valueType:string validFor:TimePeriod value:any"},
  {"ContactMedium", "mediumType:string! preferred:bool characteristic:MediumCharacteristic! validFor:TimePeriod"},
  {"CreditProfile", "creditProfileDate:time! creditRiskRating:int creditScore:int validFor:TimePeriod!"},
  {"Customer", "name:string status:string statusReason:string account:AccountRef[] agreement:Ref[] "
   "characteristic:Characteristic[] contactMedium:ContactMedium[] creditProfile:CreditProfile[] "
   "engagedParty:RelatedParty! paymentMethod:Ref[] relatedParty:RelatedParty[] validFor:TimePeriod"},
  {"CustomerBill", "billDate:time billNo:string category:string lastUpdate:time nextBillDate:time "
   "paymentDueDate:time runType:string amountDue:Money appliedPayment:AppliedPayment[] "
   "billDocument:AttachmentRefOrValue[] billingAccount:Ref billingPeriod:TimePeriod "
   "financialAccount:FinancialAccountRef paymentMethod:Ref relatedParty:RelatedPartyRef[] remainingAmount:Money "
   "state:stateValue taxExcludedAmount:Money taxIncludedAmount:Money taxItem:TaxItem678[]"},
  {"CustomerBillOnDemand", "description:string lastUpdate:string name:string billingAccount:Ref customerBill:BillRef "
   "relatedParty:RelatedPartyRef state:StateValues"},
  {"Duration", "amount:int units:string"},
  {"FinancialAccountRef", "id:string! href:string name:string accountBalance:AccountBalance[]"},
  {"ImpactedBucket", "confirmationDate:time description:string name:string requestedDate:time amountAfter:Quantity "
   "amountBefore:Quantity bucket:BucketRef item:ImpactedBucketItem[]!"},
  {"ImpactedBucketItem", "description:string itemType:string name:string reason:string amount:Quantity"},
  {"InteractionItem", "id:string creationDate:time reason:string resolution:string "
   "attachment:AttachmentRefOrValue[] channel:RelatedChannel683[] item:RelatedEntityRefOrValue itemDate:TimePeriod "
   "note:Note[] relatedParty:RelatedParty683[]"},
  {"InteractionRelationship", "id:string href:string relationshipType:string"},
  {"LogicalResource", "category:string description:string endOperatingDate:time name:string resourceVersion:string "
   "startOperatingDate:time value:string administrativeState:ResourceAdministrativeStateType "
   "attachment:AttachmentRefOrValue[] note:Note[] operationalState:ResourceOperationalStateType "
   "place:RelatedPlaceRefOrValue639 relatedParty:RelatedParty[] resourceCharacteristic:Characteristic639[] "
   "resourceRelationship:ResourceRelationship[] resourceSpecification:ResourceSpecificationRef639 "
   "resourceStatus:ResourceStatusType usageState:ResourceUsageStateType"},
  {"LogicalResourceRef", "id:string! href:string name:string value:string"},
  {"MediumCharacteristic", "city:string contactType:string country:string emailAddress:string faxNumber:string "
   "phoneNumber:string postCode:string socialNetworkId:string stateOrProvince:string street1:string street2:string"},
  {"Money", "unit:string value:number"},
  {"Note", "id:string author:string date:time text:string"},
  {"Note622", "id:string author:string date:time text:string!"},
  {"OrderItemActionType", "=add|modify|delete|noChange"},
  {"OrderItemRelationship", "id:string relationshipType:string"},
  {"OrderPrice", "description:string name:string priceType:string recurringChargePeriod:string unitOfMeasure:string "
   "billingAccount:Ref price:Price priceAlteration:PriceAlteration[] productOfferingPrice:Ref"},
  {"OrderTerm", "description:string name:string duration:Quantity"},
  {"POPAlteration", "id:string href:string description:string name:string priceType:string! priority:int "
   "recurringChargePeriod:string applicationDuration:Duration price:ProductPriceValue! unitOfMeasure:Quantity "
   "validFor:TimePeriod"},
  {"PartyAccountRef", "id:string! href:string description:string name:string status:string"},
  {"PartyInteraction", "creationDate:time description:string direction:string reason:string status:string "
   "statusChangeDate:time attachment:AttachmentRefOrValue[] channel:RelatedChannel683[] interactionDate:TimePeriod "
   "interactionItem:InteractionItem[] interactionRelationship:InteractionRelationship[] note:Note[] "
   "relatedParty:RelatedParty683[]"},
  {"Payment", "authorizationCode:string correlatorId:string description:string name:string paymentDate:time "
   "status:string statusDate:time account:AccountRef676! amount:Money channel:Ref payer:RelatedParty "
   "paymentItem:PaymentItem[] paymentMethod:PaymentMethodRefOrValue! taxAmount:Money totalAmount:Money"},
  {"PaymentItem", "id:string amount:Money item:Ref! taxAmount:Money totalAmount:Money"},
  {"PaymentMethodRefOrValue", "id:string href:string description:string isPreferred:bool name:string status:string "
   "statusDate:time account:AccountRef676[] relatedParty:RelatedParty validFor:TimePeriod"},
  {"PhysicalResource", "category:string description:string endOperatingDate:time manufactureDate:time name:string "
   "powerState:string resourceVersion:string serialNumber:string startOperatingDate:time versionNumber:string "
   "administrativeState:ResourceAdministrativeStateType attachment:AttachmentRefOrValue[] note:Note[] "
   "operationalState:ResourceOperationalStateType place:RelatedPlaceRefOrValue639 relatedParty:RelatedParty[] "
   "resourceCharacteristic:Characteristic639[] resourceRelationship:ResourceRelationship[] "
   "resourceSpecification:ResourceSpecificationRef639 resourceStatus:ResourceStatusType "
   "usageState:ResourceUsageStateType"},
  {"Price", "percentage:number taxRate:number dutyFreeAmount:Money taxIncludedAmount:Money"},
  {"PriceAlteration", "applicationDuration:int description:string name:string priceType:string! priority:int "
   "recurringChargePeriod:string unitOfMeasure:string price:Price! productOfferingPrice:Ref"},
  {"PricingLogicAlgorithm", "id:string href:string description:string name:string plaSpecId:string "
   "validFor:TimePeriod"},
  {"Product", "description:string isBundle:bool isCustomerVisible:bool name:string orderDate:time "
   "productSerialNumber:string startDate:time terminationDate:time agreement:AgreementItemRef[] billingAccount:Ref "
   "place:RelatedPlaceRefOrValue[] product:ProductRefOrValue[] productCharacteristic:Characteristic[] "
   "productOffering:Ref productOrderItem:RelatedProductOrderItem[] productPrice:ProductPrice[] "
   "productRelationship:ProductRelationship[] productSpecification:ProductSpecificationRef "
   "productTerm:ProductTerm[] realizingResource:ResourceRef[] realizingService:Ref[] relatedParty:RelatedParty[] "
   "status:ProductStatusType"},
  {"ProductOffering", "description:string isBundle:bool isSellable:bool lastUpdate:time lifecycleStatus:string "
   "name:string statusReason:string version:string agreement:Ref[] attachment:AttachmentRefOrValue[] "
   "bundledProductOffering:BundledProductOffering[] category:VersionRef[] channel:Ref[] marketSegment:Ref[] "
   "place:Ref[] prodSpecCharValueUse:ProductSpecificationCharacteristicValueUse[] "
   "productOfferingPrice:ProductOfferingPriceRefOrValue[] productOfferingRelationship:ProductOfferingRelationship[] "
   "productOfferingTerm:ProductOfferingTerm[] productSpecification:ProductSpecificationRef "
   "resourceCandidate:VersionRef serviceCandidate:VersionRef serviceLevelAgreement:Ref validFor:TimePeriod"},
  {"ProductOfferingPrice", "description:string isBundle:bool lastUpdate:time lifecycleStatus:string name:string "
   "percentage:number priceType:string recurringChargePeriodLength:int recurringChargePeriodType:string "
   "version:string bundledPopRelationship:BundledProductOfferingPriceRelationship[] constraint:VersionRef[] "
   "place:Ref[] popRelationship:ProductOfferingPriceRelationship[] price:Money "
   "pricingLogicAlgorithm:PricingLogicAlgorithm[] prodSpecCharValueUse:ProductSpecificationCharacteristicValueUse[] "
   "productOfferingTerm:ProductOfferingTerm[] tax:TaxItem[] unitOfMeasure:Quantity validFor:TimePeriod"},
  {"ProductOfferingPriceRefOrValue", "id:string href:string description:string lastUpdate:time "
   "lifecycleStatus:string name:string priceType:string recurringChargePeriod:string "
   "recurringChargePeriodLength:int version:string constraint:VersionRef[] price:ProductPriceValue "
   "priceAlteration:POPAlteration[] unitOfMeasure:Quantity validFor:TimePeriod"},
  {"ProductOfferingPriceRelationship", "id:string href:string name:string relationshipType:string role:string"},
  {"ProductOfferingQualificationItemRef", "id:string! href:string name:string "
   "productOfferingQualificationHref:string productOfferingQualificationId:string! "
   "productOfferingQualificationName:string"},
  {"ProductOfferingRelationship", "id:string href:string name:string relationshipType:string role:string "
   "validFor:TimePeriod"},
  {"ProductOfferingTerm", "description:string name:string duration:Duration validFor:TimePeriod"},
  {"ProductOrder", "cancellationDate:time cancellationReason:string category:string completionDate:time "
   "description:string expectedCompletionDate:time externalId:string notificationContact:string orderDate:time "
   "priority:string requestedCompletionDate:time requestedStartDate:time agreement:Ref[] billingAccount:Ref "
   "channel:RelatedChannel[] note:Note622[] orderTotalPrice:OrderPrice[] payment:Ref[] "
   "productOfferingQualification:Ref[] productOrderItem:ProductOrderItem[]! quote:Ref[] relatedParty:RelatedParty[] "
   "state:ProductOrderStateType"},
  {"ProductOrderItem", "id:string! quantity:int action:OrderItemActionType! appointment:AppointmentRef "
   "billingAccount:Ref itemPrice:OrderPrice[] itemTerm:OrderTerm[] itemTotalPrice:OrderPrice[] payment:Ref[] "
   "product:ProductRefOrValue productOffering:Ref "
   "productOfferingQualificationItem:ProductOfferingQualificationItemRef productOrderItem:ProductOrderItem[] "
   "productOrderItemRelationship:OrderItemRelationship[] qualification:Ref[] quoteItem:QuoteItemRef "
   "state:ProductOrderItemStateType"},
  {"ProductOrderItemStateType", ""
   "=acknowledged|rejected|pending|held|inProgress|cancelled|completed|failed|assessingCancellation|pendingCancellation"},
  {"ProductOrderStateType", ""
   "=acknowledged|rejected|pending|held|inProgress|cancelled|completed|failed|partial|assessingCancellation|pendingCancellation"},
  {"ProductPrice", "description:string name:string priceType:string! recurringChargePeriod:string "
   "unitOfMeasure:string billingAccount:Ref price:Price! productOfferingPrice:Ref "
   "productPriceAlteration:PriceAlteration[]"},
  {"ProductPriceValue", "percentage:number taxCategory:string taxRate:number dutyFreeAmount:Money "
   "taxIncludedAmount:Money"},
  {"ProductRefOrValue", "id:string href:string description:string isBundle:bool isCustomerVisible:bool name:string "
   "orderDate:time productSerialNumber:string startDate:time terminationDate:time agreement:AgreementItemRef[] "
   "billingAccount:Ref place:RelatedPlaceRefOrValue[] product:ProductRefOrValue[] "
   "productCharacteristic:Characteristic[] productOffering:Ref productOrderItem:RelatedProductOrderItem[] "
   "productPrice:ProductPrice[] productRelationship:ProductRelationship[] "
   "productSpecification:ProductSpecificationRef productTerm:ProductTerm[] realizingResource:ResourceRef[] "
   "realizingService:Ref[] relatedParty:RelatedParty[] status:ProductStatusType"},
  {"ProductRelationship", "relationshipType:string! product:ProductRefOrValue!"},
  {"ProductSpecification", "brand:string description:string isBundle:bool lastUpdate:time lifecycleStatus:string "
   "name:string productNumber:string version:string attachment:AttachmentRefOrValue[] "
   "bundledProductSpecification:BundledProductSpecification[] "
   "productSpecCharacteristic:ProductSpecificationCharacteristic[] "
   "productSpecificationRelationship:ProductSpecificationRelationship[] relatedParty:RelatedParty[] "
   "resourceSpecification:VersionRef[] serviceSpecification:VersionRef[] targetProductSchema:TargetProductSchema "
   "validFor:TimePeriod"},
  {"ProductSpecificationCharacteristic", "id:string configurable:bool description:string extensible:bool "
   "isUnique:bool maxCardinality:int minCardinality:int name:string regex:string valueType:string "
   "productSpecCharRelationship:ProductSpecificationCharacteristicRelationship[] "
   "productSpecCharacteristicValue:CharacteristicValueSpecification[] validFor:TimePeriod"},
  {"ProductSpecificationCharacteristicRelationship", "id:string href:string charSpecSeq:int name:string "
   "relationshipType:string validFor:TimePeriod"},
  {"ProductSpecificationCharacteristicValueUse", "id:string description:string maxCardinality:int "
   "minCardinality:int name:string valueType:string "
   "productSpecCharacteristicValue:CharacteristicValueSpecification[] productSpecification:ProductSpecificationRef "
   "validFor:TimePeriod"},
  {"ProductSpecificationRef", "id:string! href:string name:string version:string "
   "targetProductSchema:TargetProductSchema"},
  {"ProductSpecificationRelationship", "id:string href:string name:string relationshipType:string validFor:TimePeriod"},
  {"ProductStatusType", "=created|pendingActive|cancelled|active|pendingTerminate|terminated|suspended|aborted "},
  {"ProductTerm", "description:string name:string duration:Quantity validFor:TimePeriod"},
  {"Quantity", "amount:number units:string"},
  {"QuoteItemRef", "id:string! href:string name:string quoteHref:string quoteId:string! quoteName:string"},
  {"Ref", "id:string! href:string name:string"},
  {"Refund", "authorizationCode:string correlatorId:string description:string name:string refundDate:time "
   "status:string statusDate:time account:AccountRef676! amount:Money channel:Ref payment:Ref "
   "paymentMethod:PaymentMethodRefOrValue! requestor:RelatedParty taxAmount:Money totalAmount:Money"},
  {"RelatedChannel", "id:string! href:string name:string role:string"},
  {"RelatedChannel683", "id:string! href:string! name:string role:string"},
  {"RelatedEntity", "id:string! href:string name:string role:string! @referredType:string!"},
  {"RelatedEntityRefOrValue", "id:string href:string name:string role:string!"},
  {"RelatedParty", "id:string! href:string name:string role:string @referredType:string!"},
  {"RelatedParty683", "id:string! href:string! name:string role:string @referredType:string!"},
  {"RelatedPartyRef", "id:string! href:string name:string role:string"},
  {"RelatedPlaceRefOrValue", "id:string href:string name:string role:string!"},
  {"RelatedPlaceRefOrValue639", "id:string! href:string! name:string role:string!"},
  {"RelatedProductOrderItem", "orderItemAction:string orderItemId:string! productOrderHref:string "
   "productOrderId:string! role:string"},
  {"RelatedTopupBalance", "id:string href:string name:string role:string"},
  {"ReserveBalance", "confirmationDate:time description:string expirationDate:time reason:string requestedDate:time "
   "status:string usageType:string amount:Quantity bucket:BucketRef channel:Ref impactedBucket:ImpactedBucket[] "
   "logicalResource:LogicalResourceRef partyAccount:PartyAccountRef product:Ref relatedParty:RelatedParty[] "
   "requestor:RelatedParty"},
  {"Resource", "category:string description:string endOperatingDate:time name:string resourceVersion:string "
   "startOperatingDate:time administrativeState:ResourceAdministrativeStateType attachment:AttachmentRefOrValue[] "
   "note:Note[] operationalState:ResourceOperationalStateType place:RelatedPlaceRefOrValue639 "
   "relatedParty:RelatedParty[] resourceCharacteristic:Characteristic639[] "
   "resourceRelationship:ResourceRelationship[] resourceSpecification:ResourceSpecificationRef639 "
   "resourceStatus:ResourceStatusType usageState:ResourceUsageStateType"},
  {"ResourceAdministrativeStateType", "=locked|unlocked|shutdown"},
  {"ResourceOperationalStateType", "=enable|disable"},
  {"ResourceRef", "id:string! href:string name:string value:string"},
  {"ResourceRelationship", "id:string href:string relationshipType:string "
   "resourceRelationshipCharacteristic:Characteristic639[]"},
  {"ResourceSpecificationRef639", "id:string! href:string! name:string version:string"},
  {"ResourceStatusType", "=standby|alarm|available|reserved|unknown|suspended"},
  {"ResourceUsageStateType", "=idle|active|busy"},
  {"StateValues", "=inProgress|rejected|done|terminatedWithError"},
  {"StatusChange", "changeDate:time changeReason:string status:string"},
  {"TargetProductSchema", "@schemaLocation:string! @type:string!"},
  {"TaxItem", "id:string href:string taxCategory:string taxRate:number taxAmount:Money"},
  {"TaxItem678", "taxCategory:string taxRate:number taxAmount:Money"},
  {"TimePeriod", "endDateTime:time startDateTime:time"},
  {"TopupBalance", "confirmationDate:time description:string isAutoTopup:bool numberOfPeriods:int reason:string "
   "recurringPeriod:string requestedDate:time status:string usageType:string voucher:string amount:Quantity "
   "bucket:BucketRef channel:Ref impactedBucket:ImpactedBucket[] logicalResource:LogicalResourceRef "
   "partyAccount:PartyAccountRef payment:Ref paymentMethod:Ref product:Ref relatedParty:RelatedParty[] "
   "relatedTopupBalance:RelatedTopupBalance requestor:RelatedParty"},
  {"TransferBalance", "confirmationDate:time costOwner:string description:string reason:string "
   "receiverBucketUsageType:string requestedDate:time status:string usageType:string amount:Quantity "
   "bucket:BucketRef channel:Ref impactedBucket:ImpactedBucket[] logicalResource:LogicalResourceRef "
   "partyAccount:PartyAccountRef product:Ref relatedParty:RelatedParty[] requestor:RelatedParty "
   "receiver:RelatedParty receiverBucket:BucketRef receiverLogicalResource:LogicalResourceRef "
   "receiverPartyAccount:PartyAccountRef receiverProduct:Ref transferCost:Quantity"},
  {"TroubleTicket", "creationDate:time description:string expectedResolutionDate:time externalId:string "
   "lastUpdate:time name:string priority:string requestedResolutionDate:time resolutionDate:time severity:string "
   "statusChangeDate:time statusChangeReason:string ticketType:string attachment:AttachmentRefOrValue[] channel:Ref "
   "note:Note[] relatedEntity:RelatedEntity[] relatedParty:RelatedParty[] status:TroubleTicketStatusType "
   "statusChange:StatusChange[] troubleTicketRelationship:TroubleTicketRelationship[]"},
  {"TroubleTicketRelationship", "id:string href:string name:string relationshipType:string"},
  {"TroubleTicketStatusType", "=acknowledged|rejected|pending|held|inProgress|cancelled|closed|resolved"},
  {"VersionRef", "id:string! href:string name:string version:string"},
  {"stateValue", "=new|onHold|validated|sent|partiallyPaid|settled"},
  {NULL, NULL},
};
/* clang-format on */

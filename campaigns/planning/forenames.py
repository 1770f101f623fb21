"""Forenames that are usual in the United Kingdom, without accents, wherever they come from."""

USUAL = """
aaron abbie abby abdul abdullah abdur abel abid abigail abraham abu ada adam adama ade adel
adele adewale adnan adrian adriana adrianna afzal agata agnes agnieszka ahmad ahmed aidan
aileen aimee aisha aishah ajay akash akbar alan alana alanna alasdair alastair albert aled
aleksander aleksandra alena alessandro alex alexander alexandra alexandru alexis alf alfie
alfred ali alice alicia alicja alina alisha alison alistair allan allen allison alma alun alvin
alwyn alyssa amanda amandeep amar amber amelia amelie amin amina amir amit amna amy ana
anastasia andre andrea andreas andreea andrei andrej andrew andrius andrzej andy aneta angel
angela angelina angie angus anil anisa anita anjali ann anna annabel annabelle anne annette
annie anthea anthony antoine anton antonia antonio antony anwar april arabella archie ariana
arjun arlene arnold artem arthur artur arun arvind asad asha ashley ashok ashraf asif asim asma
astrid athena aubrey audrey august augustus aurora austin ava avril ayaan ayesha azhar aziz
babar balbir baldev baljit balwinder barbara barnaby barney baron barrie barry bart bartosz
basil beata beatrice beatrix becky belinda ben benedict benjamin bernadette bernard bernice
bert bertie beryl bess bethan bethany betty beverley beverly bharat bhavesh bhavna bianca bilal
bill billie billy blanche blessing bob bobbie bobby bogdan boris bozena brad bradley bram
brandon brenda brendan brian bridget bronwen bronwyn bruce bruno bryan bryn bryony caitlin
caleb callum calum calvin cameron camilla candice cara carina carl carla carlo carlos carly
carmel carmen carol carole caroline carolyn caron carrie carys casey cassandra cassie catalin
catarina cath catherine cathy cecil cecilia cedric celia celine ceri chanel chantelle charanjit
charis charlene charles charley charlie charlotte chelsea chen cheng cherie cheryl chidi chika
chinedu chloe chris chrissie christa christian christina christine christophe christopher
christos chukwu ciara cillian claire clara clare clarence clarissa claude claudia claudio claus
clement cleo clifford clive clyde cody colette colin colleen connie connor conor conrad
constance cora coral cordelia corey corinne cornelius cory courtney craig cressida crispin
crystal curtis cynthia cyril daisy dale dalia daljit damian damien damon dan dana daniel
daniela daniella danielle danni danny daphne darcey darcy daren daria darius dariusz darrell
darren darryl dave david davina dawid dawn dean deanna debbie deborah debra declan deepa deepak
deirdre delia della delroy delyth denis denise dennis denys derek dermot derrick desmond dev
dexter diana diane dianne diarmuid dick diego dilip dillon dilys dimitri dina dinesh dionne
dirk divya dmitri dmitry dolores dom dominic dominik dominika dominique don donald donna dora
doreen dorian dorin doris dorota dorothy doug dougal douglas drew duncan dustin dwayne dylan
eamon earl ebony ed eddie eden edgar edith edmond edmund edna eduard eduardo edward edwin edyta
efe eileen eilidh eira eirian eirlys elaine eleanor elena eleni eli elias elijah elin elinor
eliot elisa elisabeth elise eliza elizabeth ella ellen ellie elliot elliott ellis elly eloise
elsa elsie elspeth elvira elwyn emeka emer emil emile emilia emilio emily emlyn emma emmanuel
emmeline emrys ena enid enoch eric erica erik erika erin ernest ernie erwin esme esmeralda
estelle esther ethan ethel etta euan eugene eugenia eunice eva evan evangeline eve evelyn evie
ewa ewan ewelina ezra fabian faisal faith farah farhan farid farooq faruk fatima fatimah fay
faye felicity felix femi ferdinand fergus fern fernando filip finlay finley finn fiona fleur
flora florence floyd folake frances francesca francis francisco franck frank frankie franklin
franz fraser fred freda freddie freddy frederick freya friedrich gabriel gabriela gabriella
gabrielle gail gareth garfield garry gary gavin gayle gaynor gemma gene genevieve geoff
geoffrey george georgia georgiana georgie georgina georgios gerald geraldine gerard gerry
gethin ghulam gianni gideon gilbert giles gill gillian gina giorgio giovanni gisela giulia
giuseppe gladys glen glenda glenn glenys gloria glyn glynis gordon grace gracie graeme graham
grahame grant grazyna greg gregor gregory greta griffith grzegorz gulzar gurdeep gurdip gurmeet
gurmit gurpreet guy gwen gwenda gwendolen gwendoline gwilym gwyn gwyneth habib hadiya hafiz
haider halima hamid hamish hamza hana hanif hank hanna hannah hans harbhajan hardeep hardip
hari harjinder harjit harold haroon harpreet harriet harrison harry harsh harvey hasan hassan
hayden hayley hazel heather hector heidi helen helena helene helga henrietta henrik henry
herbert herman hermione hetty hilary hilda hina hiroshi hiten holly hope horace howard hubert
hugh hugo humaira humphrey hussain hussein hywel iain ian ibrahim ida idris iestyn ieuan ifeoma
ifor igor ilona imogen imran ina india indira indra inga inger ingrid ioan ioana ion ionut ira
iram irena irene irfan irina iris irma isaac isabel isabella isabelle isadora isaiah isha isla
ismail isobel israel ivan ivana ivo ivor ivy iwan iwona izabela jacek jack jackie jackson jacob
jacqueline jacques jacqui jade jaden jagdeep jagdish jagjit jaime jake jakub jamal james jamie
jamila jan jana jane janet janette janice janina janine janis janusz jared jarek jaroslaw
jasbir jasmin jasmine jason jasper jaspreet jaswinder javed javier jay jaya jayden jayesh jayne
jean jeanette jeanne jeannie jed jeff jeffery jeffrey jemima jemma jen jenna jennie jennifer
jenny jens jerome jerry jess jesse jessica jessie jesus jia jill jillian jim jimmy jitendra
joan joanna joanne joao joaquin jocelyn jodi jodie jody joe joel joelle joginder johan johann
johanna john johnathan johnnie johnny jolanta jolene jon jonah jonas jonathan jonathon jonny
jordan jordana jorge jose josef joseph josephine josh joshua josiah josie joy joyce juan
juanita jude judith judy juergen jules julia julian juliana julie juliet juliette julio julita
julius june jurek justin justina justine justyna kabir kai kalpana kamal kamil kamila kamran
karan karen karim karin karina karl karla karol karolina kasey kash kasia kasper kat katarina
katarzyna kate katharine katherine kathleen kathryn kathy katia katie katrina katy kavita kay
kaya kayleigh kayode keeley keir keira keith kelechi kelly kelvin ken kendra kenneth kenny
kenton kerri kerry kevin khadija khalid khalil kian kiera kieran kieron kim kimberley kimberly
kiran kirit kirsten kirstie kirsty kishan kit kitty klaudia klaus konrad konstantin kris
krishna kristian kristin kristina kristof krystyna krzysztof kuldeep kuldip kulwinder kumar
kunal kurt kyle kylie lacey lachlan laila lakshmi lana lance lara larry lars latif latoya laura
laurel lauren laurence laurie lauryn lavinia lawrence layla lea leah leanne lech lee leena
leigh leila lena lenny leo leon leona leonard leonardo leonie leonora leopold leroy lesley
leslie lester leszek leticia levi lewis lexi liam lian libby lidia lila lilian liliana lillian
lily lina linda lindsay lindsey linus lionel lisa lisbeth liv liz liza lizzie llewellyn lloyd
lois lola lora lorenzo loretta lorna lorraine lottie lou louis louisa louise luan luca lucas
lucia lucian lucie lucille lucinda lucy ludmila luigi luis lukasz luke luther lydia lynda
lyndon lyndsey lynette lynn lynne lynsey lyra mabel maciej mack madeleine madeline madhu
madison mae magda magdalena maggie magnus mahendra mahesh mahmood mahmud maia maisie maja
makayla malachi malcolm malgorzata malik mamadou mandeep mandy manish manjit manjula manoj
mansoor manuel mara marc marcel marcella marcello marcia marcin marco marcus marek margaret
margarita margery margot maria mariam marian marianne marie mariette marilyn marina mario
marion marios marisa marissa marit marius mariusz marjorie mark markus marlene marlon marsha
marta martha martin martina martyn marvin mary maryam mason masood mateusz mathew mathias
mathilda matilda matt matteo matthew matthias maud maura maureen maurice mavis max maxim
maximilian maxine maxwell may maya mayur meena meera megan meghan mehmet mei meinir melanie
melinda melissa melody melvin melvyn mercedes mercy meredith mervyn meryl mia micah michael
michaela michal michel michele michelle mick mickey miguel mihaela mihai mikael mike mikhail
mikolaj mila mildred milena miles millicent millie milly milos milton mina minal ming miranda
miriam miroslaw mitchell mo moeen mohamed mohammad mohammed mohan mohit mohsin moira mollie
molly mona monica monika monique morag morgan morris mortimer morwenna moses muhammad mukesh
mumtaz muneer muriel murray mustafa myfanwy myles myra myriam myrtle nadeem nadezhda nadia
nadine naeem nahid naila nan nancy naomi narendra narinder naseem naseer nasir nasreen natalia
natalie natasha nathan nathaniel naveed naveen navjot ned neeta neha neil nell nelly nelson
nesta nia niall nicholas nick nicki nicky nico nicola nicolas nicole nicoleta nigel nikhil
nikita nikki nikolai nikolaos nikos nilesh nina ninian nisha nitin noah noel noelle noor nora
norah noreen norma norman norris nuala nuno nusrat oana octavia odette olaf olga oliver olivia
olu oluwaseun olwen olwyn omar onyeka oonagh ophelia orla orlando oscar osman oswald oswin otis
otto owain owen oyin pablo paddy padraig paige pam pamela pandora paolo parminder parveen
pascal pat patience patrice patricia patrick patrycja patryk patsy paul paula paulette paulina
pauline paulo pavel pawel payal pearl pedro peggy penelope penny percy perry peter petra petros
petru phil philip philippa phillip philomena phoebe phyllis pierce pierre piers pietro piotr
pippa polly poonam poppy portia pradeep prakash pranav pratik praveen pravin precious preeti
prem priscilla pritam priti priya priyanka prudence przemyslaw qasim quentin quincy rabia
rachael rachel rachelle radek radoslaw radu rafael rafal rafiq rahim rahul raj raja rajan
rajesh rajinder rajiv raju rakesh ralph ram rama raman ramesh ramona ramsay randolph rani
ranjit raphael rashid rashida raul ravi ravinder ray raymond raza reagan rebecca rebekah reece
reg regina reginald rehana rehman rekha renata rene renee renuka reuben rex reza rhian rhiannon
rhoda rhodri rhona rhonda rhys ria ricardo riccardo richard rick rickie ricky rishi rita ritu
riya rizwan rob robbie robert roberta roberto robin robyn roderick rodney roger rohan rohit
roisin roland rolf roma roman romana romeo romesh ron ronald ronan ronnie roopa rory rosa
rosalie rosalind rosaline rosamund rosanna rose roseanna roseanne rosemarie rosemary roshan
rosie roslyn ross rowan rowena roxana roxanne roy royston ruairi ruby rudolf rufus rukhsana
rupert rupinder russ russell rusty ruta ruth ryan ryszard saba sabina sabine sabrina sachin
sadia sadie saeed safia sagar sahil said saima sajid sajjad sakina saleem salim sally salma
salman salvatore sam samantha samia samina samir samira sammy samuel sana sandeep sandhya
sandra sandy sanjay sanjeev santiago santosh sara sarah sarita sarwar sasha saskia satish
satnam satwinder satya saul savannah scarlett scott sean seb sebastian seema selena selina
selma senga serena serge sergei sergey sergio seth shabana shabir shadia shah shahid shahida
shahnaz shakil shamim shams shanaz shane shania shannon sharif sharon shaun shauna shawn shazia
sheena sheila shelagh shelley sherry sheryl shirin shirley shiv shiva shobha shona shreya shyam
sian sibyl sid sidney siegfried sienna sigrid silas silvia silvio simon simona simone simran
sinead siobhan sioned sky skye slawomir sofia solomon sona sonal sonali sonia sonja sonny
sophia sophie soraya spencer stacey stacy stan stanislaw stanley stef stefan stefania stefanie
stella steph stephan stephanie stephen stephon steve steven stewart stuart subhash sudhir sue
sukhdev sukhjit sukhwinder suki suleman sultan suman sumit sunil sunita suraj suresh surinder
surjit susan susana susanna susannah susanne susie suzanna suzanne suzy sven svetlana sybil
sydney syed sylvester sylvia sylwia tabitha tadeusz tahir tahira tamara tami tamsin tania
tanisha tanya tara tariq tarun tasha tatiana tatjana taylor ted teddy tegan tegwen temi terence
teresa terri terrie terry tess tessa thaddeus thea thelma theo theodora theodore theresa
therese thomas tia tiago tiffany tilly tim timothy tina tobias toby todd tolu tom tomas tomasz
tommy toni tony tracey traci tracy travis trevor tricia trina trisha tristan tristram trudy
tudor tunde tushar tyler tyra tyrone uche ulrich uma umar una ursula usha usman vadim valentin
valentina valerie valery vance vanessa vasil vasile vaughan veena vera vernon veronica veronika
vicki vickie vicky victor victoria vijay vikas vikki vikram viktor vimal vince vincent vincenzo
viola violet violeta virginia vishal vito vivek vivian vivien vivienne vlad vladimir vladislav
volodymyr wade waheed wahid walid wallace wally walter wanda waqar waqas warren wasim wayne wei
wendy wenona werner wes wesley wiktor wiktoria wilfred wilhelmina will willem william willie
willow wilma winifred winnie winston wojciech wolfgang xander xavier xenia xiao yan yang
yannick yara yasin yasmeen yasmin yasmine yaw yetunde ying yogesh yolanda yousef yousuf yuk
yuki yunus yuri yusuf yvette yvonne zac zach zachary zack zahid zahida zahir zahra zaid zain
zainab zakir zara zareena zbigniew zdzislaw zeeshan zelda zena zeynep zhang zhen zia ziad zoe
zofia zohra zoltan zora zubair zulfiqar zuzanna michał paweł rafał łukasz
"""
FORENAMES = frozenset(USUAL.split())
